"""Threads, Ctrl-C, and what is alive afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import SCOPES, Emulator, Silent, live_objects, settles_at
from square_oauth import AsyncOAuthClient, OAuthClient, OAuthError, TransportError


def test_threads_share_a_client_and_do_not_wait_for_each_other(silent: Silent) -> None:
    square = OAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=silent.url, timeout=1)

    def call(_: int) -> str:
        with pytest.raises(TransportError) as late:
            square.check_application()
        return late.value.code

    began = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(call, range(16))) == {"timeout"}
    assert time.monotonic() - began < 4


def test_a_blocking_call_lets_other_threads_run(silent: Silent) -> None:
    square = OAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=silent.url, timeout=1)

    def call() -> None:
        with pytest.raises(TransportError):
            square.check_application()

    waiting = threading.Thread(target=call)
    waiting.start()
    turns = 0
    while waiting.is_alive():
        turns += 1
        time.sleep(0.001)
    assert turns > 100


def test_ctrl_c_ends_a_blocking_call_within_half_a_second(silent: Silent) -> None:
    square = OAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=silent.url)
    before = live_objects()
    pressed: list[float] = []

    def press() -> None:
        silent.wait(arrived=1)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt) as interrupt:
        square.check_application()
    assert time.monotonic() - pressed[0] < 0.5
    # Even while its traceback lives, the request is gone.
    silent.wait(left=1, seconds=2)
    del interrupt
    settles_at(before)


def test_ctrl_c_ends_an_asyncio_program(silent: Silent) -> None:
    square = AsyncOAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=silent.url)
    before = live_objects()

    def press() -> None:
        silent.wait(arrived=1)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(square.check_application())
    silent.wait(left=1, seconds=2)
    settles_at(before)


def test_ten_thousand_calls_leave_nothing_alive(emulator: Emulator) -> None:
    blocking = emulator.client()
    waited = AsyncOAuthClient(*emulator.application, environment=emulator.base_url)
    tokens = emulator.connect(blocking)
    refused = 0

    def synchronous(rounds: int) -> None:
        nonlocal refused
        for _ in range(rounds):
            blocking.authorize(scopes=SCOPES)
            blocking.retrieve_token_status(tokens.access_token)
            try:
                blocking.retrieve_token_status("EAAA-unknown")
            except OAuthError:
                refused += 1

    async def asynchronous(rounds: int) -> None:
        for _ in range(rounds):
            calls = [waited.retrieve_token_status(tokens.access_token) for _ in range(20)]
            ended = asyncio.ensure_future(waited.check_application())
            await asyncio.gather(*calls)
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)

    synchronous(10)
    asyncio.run(asynchronous(2))
    before = live_objects()
    synchronous(1500)
    asyncio.run(asynchronous(300))
    settles_at(before)
    assert refused == 1510


def test_clients_and_clocks_are_let_go_of(emulator: Emulator) -> None:
    emulator.client().check_application()
    before = live_objects()
    for _ in range(50):
        emulator.client().check_application()
    settles_at(before)
