"""Event loops: cancelling, timing out, many of them, closed ones, uvloop."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import uvloop

from conftest import Emulator, Silent, live_objects, settles_at
from square_oauth import AsyncOAuthClient, Rejected, TransportError

Story = Coroutine[Any, Any, Any]
Runner = Callable[[Story], Any]


def with_uvloop(story: Story) -> Any:
    loop = uvloop.new_event_loop()
    try:
        return loop.run_until_complete(story)
    finally:
        loop.close()


RUNNERS = [asyncio.run, with_uvloop]


def client(server: Emulator | Silent, **options: Any) -> AsyncOAuthClient:
    url = server.url if isinstance(server, Silent) else server.base_url
    application = ("sandbox-sq0idb-x", "sandbox-sq0csb-x") if isinstance(server, Silent) else server.application
    return AsyncOAuthClient(*application, environment=url, **options)


@pytest.mark.parametrize("run", RUNNERS)
def test_a_cancelled_call_is_aborted_and_leaves_nothing(silent: Silent, run: Runner) -> None:
    square = client(silent)
    before = live_objects()

    async def story() -> None:
        call = asyncio.ensure_future(square.retrieve_token_status("EAAA-x"))
        await asyncio.to_thread(silent.wait, arrived=1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    run(story())
    silent.wait(left=1, seconds=2)
    settles_at(before)


@pytest.mark.parametrize("run", RUNNERS)
def test_a_timeout_of_ones_own_ends_it(silent: Silent, run: Runner) -> None:
    square = client(silent)
    before = live_objects()

    async def story() -> None:
        began = time.monotonic()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(square.check_application(), 0.3)
        assert time.monotonic() - began < 1

    run(story())
    silent.wait(arrived=1, left=1, seconds=2)
    settles_at(before)


def test_the_librarys_own_timeout_says_what_may_have_happened(silent: Silent) -> None:
    async def story() -> None:
        with pytest.raises(TransportError) as late:
            await client(silent, timeout=0.3).check_application()
        assert late.value.code == "timeout" and late.value.request_may_have_arrived

    asyncio.run(story())


@pytest.mark.parametrize("run", RUNNERS)
def test_the_loop_goes_on_while_calls_are_on_their_way(silent: Silent, run: Runner) -> None:
    square = client(silent, timeout=1)

    async def story() -> None:
        calls = [asyncio.ensure_future(square.check_application()) for _ in range(16)]
        longest, last = 0.0, time.monotonic()
        while not all(call.done() for call in calls):
            await asyncio.sleep(0.005)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
        assert longest < 0.5, longest
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(result) for result in results} == {TransportError}

    run(story())


@pytest.mark.parametrize("run", RUNNERS)
def test_many_at_once(emulator: Emulator, run: Runner) -> None:
    square = client(emulator)

    async def story() -> None:
        tokens = emulator.connect(emulator.client())
        statuses = await asyncio.gather(*[square.retrieve_token_status(tokens.access_token) for _ in range(200)])
        assert {status.merchant_id for status in statuses} == {tokens.merchant_id}

    run(story())


def test_many_loops_in_many_threads_share_a_client(emulator: Emulator) -> None:
    square = client(emulator)
    token = emulator.connect(emulator.client()).access_token
    failures: list[BaseException] = []

    async def story() -> None:
        await asyncio.gather(*[square.retrieve_token_status(token) for _ in range(30)])

    def thread(run: Runner) -> None:
        try:
            for _ in range(2):
                run(story())
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=thread, args=(RUNNERS[number % 2],)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not failures and not any(one.is_alive() for one in threads)


def test_a_loop_that_closes_on_a_call_says_nothing(silent: Silent, capfd: pytest.CaptureFixture[str]) -> None:
    square = client(silent, timeout=0.5)
    before = live_objects()
    loop = asyncio.new_event_loop()
    call = loop.create_task(square.check_application())
    loop.run_until_complete(asyncio.sleep(0.1))
    silent.wait(arrived=1)
    loop.close()
    # The call's own end comes now, and finds nobody.
    time.sleep(0.8)
    call._log_destroy_pending = False  # type: ignore[attr-defined]
    del call
    settles_at(before)
    assert capfd.readouterr().err == ""


def test_errors_come_out_of_task_groups_as_themselves(emulator: Emulator) -> None:
    square = client(emulator)

    async def story() -> None:
        with pytest.raises(Rejected):
            await asyncio.gather(square.retrieve_token_status("EAAA-a"), square.retrieve_token_status("EAAA-b"))
        if sys.version_info >= (3, 11):
            with pytest.raises(ExceptionGroup) as group:  # noqa: F821
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(square.retrieve_token_status("EAAA-a"))
            assert isinstance(group.value.exceptions[0], Rejected)

    asyncio.run(story())


def test_debug_mode_has_nothing_to_complain_of(emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        # How long a step takes is the machine's affair.
        asyncio.get_running_loop().slow_callback_duration = 60
        square = client(emulator)
        for _ in range(20):
            await square.check_application()

    asyncio.run(story(), debug=True)
    assert [record for record in caplog.records if record.name == "asyncio" and record.levelname != "DEBUG"] == []
