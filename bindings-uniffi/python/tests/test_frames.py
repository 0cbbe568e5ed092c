"""Whatever leaves a call, no frame of this library still holds what was handed over: error trackers collect those."""

from __future__ import annotations

import asyncio
import logging
import os
import py_compile
import signal
import subprocess
import sys
import threading
import traceback
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import square_oauth
from conftest import Emulator, Silent, live_objects, settles_at
from square_oauth import AsyncOAuthClient, Callback, ManualClock, OAuthClient, OAuthError, Webhooks

CANARY = "CANARYcanaryCANARYcanary0123456789"
CALLS: list[Callable[[Any], Any]] = [
    lambda square: square.retrieve_token_status(CANARY),
    lambda square: square.obtain_token(refresh_token=CANARY),
    lambda square: square.obtain_token(callback=Callback.unchecked(CANARY)),
    lambda square: square.revoke_token(only=CANARY),
]


def held(error: BaseException) -> Iterator[str]:
    """What the frames of this library hold, of an error and of all that it came from."""
    chain: list[BaseException | None] = [error]
    seen: set[int] = set()
    while chain:
        one = chain.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        chain += [one.__cause__, one.__context__]
        for frame in traceback.TracebackException.from_exception(one, capture_locals=True).stack:
            if "square_oauth" in frame.filename:
                yield f"{frame.filename}:{frame.lineno} {frame.name} {frame.locals}"
        trace: types.TracebackType | None = one.__traceback__
        while trace is not None:
            if "square_oauth" in trace.tb_frame.f_code.co_filename:
                yield repr(trace.tb_frame.f_locals)
            trace = trace.tb_next


def holds_nothing(error: BaseException) -> None:
    frames = list(held(error))
    assert frames, "it left through none of our frames"
    for frame in frames:
        assert CANARY not in frame, frame


def test_what_is_logged_in_the_middle_of_a_call(emulator: Emulator) -> None:
    # As error trackers do that attach the stack to what is logged.
    stacks: list[str] = []

    class Tracker(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            frame = sys._getframe()
            while frame is not None:
                if "square_oauth" in str(frame.f_globals.get("__name__")):
                    stacks.append(f"{frame.f_code.co_name} {frame.f_locals!r}")
                frame = frame.f_back  # type: ignore[assignment]

    logger, tracker = logging.getLogger("square_oauth"), Tracker()
    logger.addHandler(tracker)
    try:
        for client in (OAuthClient, AsyncOAuthClient):
            square = client("sandbox-sq0idb-x", CANARY, environment=emulator.base_url)
            pending = square.authorize(scopes=["ITEMS_READ"])
            state = pending.url.partition("state=")[2].partition("&")[0]
            back = f"/callback?code={CANARY}&state={state}"
            for call in [*CALLS, lambda square, back=back, kept=pending.pending: square.complete(back, kept)]:
                with pytest.raises(OAuthError):
                    called = call(square)
                    if asyncio.iscoroutine(called):
                        asyncio.run(called)
            for name in ("complete", "obtain_token", "revoke_token", "retrieve_token_status"):
                assert any(stack.startswith(f"{name} ") for stack in stacks), name
            for stack in stacks:
                assert CANARY not in stack and pending.pending not in stack, stack
            stacks.clear()
    finally:
        logger.removeHandler(tracker)


def press(silent: Silent, times: int) -> None:
    silent.wait(arrived=times)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("call", CALLS)
def test_ctrl_c_in_a_blocking_call(silent: Silent, call: Callable[[Any], Any]) -> None:
    square = OAuthClient("sandbox-sq0idb-x", CANARY, environment=silent.url)
    threading.Thread(target=press, args=(silent, 1)).start()
    with pytest.raises(KeyboardInterrupt) as interrupt:
        call(square)
    holds_nothing(interrupt.value)


@pytest.mark.parametrize("call", CALLS)
def test_a_cancelled_task_and_a_timeout_of_ones_own(silent: Silent, call: Callable[[Any], Any]) -> None:
    square = AsyncOAuthClient("sandbox-sq0idb-x", CANARY, environment=silent.url)

    async def cancelled() -> None:
        task = asyncio.ensure_future(call(square))
        await asyncio.to_thread(silent.wait, arrived=1)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError) as cancel:
        asyncio.run(cancelled())
    holds_nothing(cancel.value)

    async def late() -> None:
        await asyncio.wait_for(call(square), 0.2)

    with pytest.raises(asyncio.TimeoutError) as timeout:
        asyncio.run(late())
    holds_nothing(timeout.value)


def test_what_a_programs_own_iterable_raises_keeps_its_own_frames(emulator: Emulator) -> None:
    def scopes() -> Iterator[str]:
        yield "ITEMS_READ"
        raise LookupError("mine")

    for client in (OAuthClient, AsyncOAuthClient):
        square = client("sandbox-sq0idb-x", CANARY, environment=emulator.base_url)
        calls = [lambda square=square: square.authorize(scopes=scopes(), locale=CANARY)]
        calls.append(lambda square=square: square.obtain_token(refresh_token=CANARY, scopes=scopes()))
        for call in calls:
            with pytest.raises(LookupError, match="mine") as raised:
                called = call()
                if asyncio.iscoroutine(called):
                    asyncio.run(called)
            holds_nothing(raised.value)
            names = [frame.name for frame in traceback.extract_tb(raised.value.__traceback__)]
            assert "scopes" in names


def test_mistakes_in_the_making(emulator: Emulator) -> None:
    wrong: Any = CANARY
    calls: list[Callable[[], Any]] = [
        lambda: OAuthClient("sandbox-sq0idb-x", CANARY, environment="sandbox", clock=wrong),
        lambda: OAuthClient("sandbox-sq0idb-x", CANARY, environment="sandbox", timeout=wrong),
        lambda: OAuthClient("sandbox-sq0idb-x", CANARY, environment="sandbox", extra_root_certificates=wrong),
        lambda: OAuthClient("sandbox-sq0idb-x", CANARY, "sandbox"),  # type: ignore[misc]
        lambda: OAuthClient("sandbox-sq0idb-x", CANARY),  # type: ignore[call-arg]
        lambda: Webhooks([wrong]),
        lambda: ManualClock(wrong),
    ]
    for call in calls:
        with pytest.raises(TypeError) as failed:
            call()
        assert CANARY not in str(failed.value)
        holds_nothing(failed.value)


def test_an_error_does_not_keep_itself_alive(emulator: Emulator) -> None:
    import gc

    square = emulator.client()
    before = live_objects()
    gc.disable()
    try:
        for _ in range(20):
            with pytest.raises(Exception, match="Square"):
                square.retrieve_token_status("EAAA-unknown")
            with pytest.raises(Exception, match="space"):
                square.retrieve_token_status("EAAA unknown")
        from square_oauth._bridge import ffi

        assert ffi.live_objects() <= before + 4
    finally:
        gc.enable()
    settles_at(before)


SOURCELESS = """
import traceback
import square_oauth
assert square_oauth.__file__.endswith(".pyc"), square_oauth.__file__
def scopes():
    yield "ITEMS_READ"
    raise LookupError
square = square_oauth.OAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment="sandbox")
try: square.authorize(scopes=scopes(), locale="the-" + "canary")
except LookupError as error:
    told = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    print("in authorize" in told, "the-canary" in told)
"""


def test_a_package_without_its_sources_forgets_too(tmp_path: Path) -> None:
    installed = Path(square_oauth.__file__).parent
    for file in installed.rglob("*"):
        place = tmp_path / "square_oauth" / file.relative_to(installed)
        if file.suffix == ".py":
            place.parent.mkdir(parents=True, exist_ok=True)
            py_compile.compile(str(file), str(place.with_suffix(".pyc")), dfile=f"elsewhere/{file.name}", doraise=True)
        elif file.is_file() and file.parent.name == "_ffi":
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(file)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", SOURCELESS], env=environment, capture_output=True, text=True)
    assert run.stdout.split() == ["True", "False"], run.stdout + run.stderr
