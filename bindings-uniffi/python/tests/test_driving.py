"""Who does the work: the thread that waits, the event loops, or a thread where they cannot hear of it. None may be
missed by what is idle."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import Emulator, Listener, Silent, live_objects, settles_at
from programs import run
from square_oauth import AsyncOAuthClient, OAuthClient, TransportError
from square_oauth._bridge import _Bell

APPLICATION = ("sandbox-sq0idb-x", "sandbox-sq0csb-x")
STATUS = b'{"scopes":["ITEMS_READ"],"expires_at":null,"client_id":"sandbox-sq0idb-x","merchant_id":"M"}'
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(STATUS), STATUS)


class Server(Listener):
    """Answers every request alike, and hangs up when told to."""

    def __init__(self) -> None:
        self.closed = threading.Semaphore(0)
        self.connections: list[socket.socket] = []
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        self.connections.append(connection)
        with connection:
            while connection.recv(65536):
                connection.sendall(ANSWER)
        self.closed.release()

    def hang_up(self) -> None:
        self.connections[-1].shutdown(socket.SHUT_RDWR)
        assert self.closed.acquire(timeout=5)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def test_a_connection_that_ended_while_nobody_waited_costs_no_attempt(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "square_oauth")
    square = OAuthClient(*APPLICATION, environment=server.url)
    for call in range(1, 11):
        # The second call sees that the first one's connection idles, and the end that comes then is for nobody to see.
        square.retrieve_token_status("EAAA-x")
        square.retrieve_token_status("EAAA-x")
        assert len(server.connections) == call
        server.hang_up()
    assert [record.getMessage() for record in caplog.records if "repeating" in record.getMessage()] == []


def test_blocking_calls_keep_their_connection(server: Server) -> None:
    square = OAuthClient(*APPLICATION, environment=server.url)
    for _ in range(20):
        square.retrieve_token_status("EAAA-x")
    assert len(server.connections) == 1


def test_closing_a_client_ends_its_idle_connections(server: Server) -> None:
    with OAuthClient(*APPLICATION, environment=server.url) as square:
        square.retrieve_token_status("EAAA-x")
        assert not server.closed.acquire(timeout=0.05)
    assert server.closed.acquire(timeout=5)


def test_a_call_that_ran_out_of_time_leaves_no_connection(silent: Silent) -> None:
    square = OAuthClient(*APPLICATION, environment=silent.url, timeout=0.2)
    before = live_objects()
    with pytest.raises(TransportError):
        square.check_application()
    silent.wait(arrived=1, left=1, seconds=2)
    settles_at(before)


class Calling(logging.Handler):
    """Makes a call of its own for whatever is logged, as one does that sends logs to a service."""

    def __init__(self, square: OAuthClient) -> None:
        super().__init__(logging.WARNING)
        self._square = square
        self.seen = 0

    def emit(self, record: logging.LogRecord) -> None:
        if threading.current_thread().name != "calling":
            return
        self.seen += self._square.retrieve_token_status("EAAA-x").merchant_id == "M"


@pytest.mark.parametrize("waits", [True, False])
def test_a_logs_handler_may_call(server: Server, silent: Silent, waits: bool) -> None:
    handler = Calling(OAuthClient(*APPLICATION, environment=server.url))
    logger = logging.getLogger("square_oauth")
    logger.addHandler(handler)
    ends: list[Any] = []

    def call() -> None:
        kind: Any = OAuthClient if waits else AsyncOAuthClient
        square = kind(*APPLICATION, environment=silent.url, timeout=0.2)
        try:
            called = square.check_application()
            if not waits:
                asyncio.run(called)
        except TransportError as error:
            ends.append(error.code)

    thread = threading.Thread(target=call, name="calling", daemon=True)
    try:
        thread.start()
        thread.join(20)
    finally:
        logger.removeHandler(handler)
    assert (ends, handler.seen) == (["timeout"], 1)


def test_event_loops_leave_nothing_open(emulator: Emulator) -> None:
    square = AsyncOAuthClient(*emulator.application, environment=emulator.base_url)

    def open_files() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    asyncio.run(square.check_application())
    before = open_files()
    for _ in range(30):
        asyncio.run(square.check_application())
    assert open_files() <= before


class Blind(asyncio.SelectorEventLoop):
    """A loop that watches nothing for others, as the usual one on Windows."""

    def add_reader(self, *_: Any) -> None:
        raise NotImplementedError


def test_a_loop_that_watches_no_pipes_has_threads_wait(emulator: Emulator, silent: Silent) -> None:
    async def story() -> None:
        square = AsyncOAuthClient(*emulator.application, environment=emulator.base_url)
        await asyncio.gather(*[square.check_application() for _ in range(8)])
        slow = AsyncOAuthClient(*APPLICATION, environment=silent.url)
        call = asyncio.ensure_future(slow.check_application())
        await asyncio.to_thread(silent.wait, arrived=1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await asyncio.to_thread(silent.wait, left=1, seconds=2)

    before = live_objects()
    loop = Blind()
    try:
        loop.run_until_complete(story())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()
    settles_at(before)


def test_event_loops_and_threads_leave_one_another_nothing_undone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever is not done when it can be would only be done then.
    monkeypatch.setattr("square_oauth._bridge._TICK", 3600)
    waits = OAuthClient(*APPLICATION, environment=server.url)
    square = AsyncOAuthClient(*APPLICATION, environment=server.url)
    answers: list[str] = []

    def thread() -> None:
        answers.extend(waits.retrieve_token_status("EAAA-x").merchant_id for _ in range(150))

    async def calls() -> None:
        for _ in range(25):
            answers.append((await square.retrieve_token_status("EAAA-x")).merchant_id)

    async def story() -> None:
        # One alone, many at once, and many beside threads.
        await asyncio.wait_for(calls(), 60)
        await asyncio.wait_for(asyncio.gather(*[calls() for _ in range(32)]), 60)
        threads = [asyncio.to_thread(thread) for _ in range(4)]
        await asyncio.wait_for(asyncio.gather(*threads, *[calls() for _ in range(32)]), 60)

    asyncio.run(story())
    assert answers == ["M"] * (25 + 32 * 25 + 4 * 150 + 32 * 25)


THREADS = """
    import socket

    def threads():
        names = [open(f"/proc/self/task/{task}/comm").read().strip() for task in os.listdir("/proc/self/task")]
        return names.count("square-oauth")

    async def story():
        square = AsyncOAuthClient(*APPLICATION, environment=URL)
        await asyncio.gather(*[square.check_application() for _ in range(8)])
        with socket.create_server(("127.0.0.1", 0)) as mute:
            url = f"http://127.0.0.1:{mute.getsockname()[1]}"
            try:
                await AsyncOAuthClient(*APPLICATION, environment=url, timeout=0.1).check_application()
            except OAuthError as error:
                print(error.code)
"""


def test_an_event_loop_takes_no_thread(emulator: Emulator) -> None:
    ended = run(THREADS + "    asyncio.run(story())\n    print(threads())", emulator.base_url, emulator.application)
    assert (ended.code, ended.said.split()) == (0, ["timeout", "0"]), ended


PICKY = """
    class Picky(asyncio.SelectorEventLoop):
        def add_reader(self, descriptor, *rest):
            if "eventpoll" in os.readlink(f"/proc/self/fd/{descriptor}"):
                raise PermissionError(descriptor)
            super().add_reader(descriptor, *rest)

    loop = Picky()
    loop.run_until_complete(story())
    # Others leave the work to that thread as well.
    asyncio.run(story())
    loop.run_until_complete(story())
    print(threads())
"""


def test_a_loop_that_cannot_hear_of_work_leaves_it_to_a_thread(emulator: Emulator) -> None:
    ended = run(THREADS + PICKY, emulator.base_url, emulator.application)
    assert (ended.code, ended.said.split()) == (0, ["timeout", "timeout", "timeout", "1"]), ended


def test_what_is_raised_in_a_tick_ends_no_deadline(silent: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    rings, raised = _Bell.ring, []

    def ring(bell: _Bell) -> None:
        # As the handler of a signal may, wherever the program is.
        if not raised and sys._getframe(1).f_code.co_name == "_tick":
            raised.append(True)
            raise InterruptedError
        rings(bell)

    async def story() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        square = AsyncOAuthClient(*APPLICATION, environment=silent.url, timeout=0.3)
        with pytest.raises(TransportError) as late:
            await asyncio.wait_for(square.check_application(), 10)
        assert late.value.code == "timeout"

    monkeypatch.setattr(_Bell, "ring", ring)
    asyncio.run(story())
    assert raised
