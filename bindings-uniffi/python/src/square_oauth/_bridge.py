"""What the generated half leaves open: loops that have closed, forks, and the way out of the interpreter.

It is imported before anything else here, so that nothing runs over the generated half as it is.
"""

from __future__ import annotations

import _thread
import asyncio
import atexit
import contextlib
import os
import threading
import time
from typing import Any, ClassVar

from square_oauth._ffi import square_oauth_uniffi

ffi: Any = square_oauth_uniffi


class _Continuations:
    """The futures that wait for a wake-up, by handle.

    No lock: one that is held at a fork stays held in the child, and the garbage collector may come in while
    this thread holds it. Each step is a single one of the dictionary's own.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Future[int]]] = {}

    def insert(self, entry: tuple[asyncio.AbstractEventLoop, asyncio.Future[int]]) -> int:
        # Odd, as the handles of this side are.
        handle = id(entry) | 1
        self._waiting[handle] = entry
        return handle

    def resume(self, handle: int, code: int) -> None:
        loop, future = self._waiting.pop(handle)
        if asyncio._get_running_loop() is loop:
            _resolve(future, code)
            return
        # Where the loop has closed, nobody waits any more.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_resolve, future, code)


def _resolve(future: asyncio.Future[int], code: int) -> None:
    if not future.done():
        future.set_result(code)


def _continue(handle: int, code: int) -> None:
    try:
        _continuations.resume(handle, code)
    except KeyboardInterrupt:
        # An exception cannot leave here, and Ctrl-C must not be lost.
        _thread.interrupt_main()
    except KeyError:
        pass


async def _call(future: Any, poll: Any, complete: Any, free: Any, lift: Any, error: Any) -> Any:
    """Drive a call of the other side on the running loop. What it calls may call back at once."""
    loop = asyncio.get_running_loop()
    try:
        while True:
            woken: asyncio.Future[int] = loop.create_future()
            with _Inside():
                poll(future, _wake_up, _continuations.insert((loop, woken)))
            if await woken == ffi._UNIFFI_RUST_FUTURE_POLL_READY:
                break
        return lift(ffi._uniffi_rust_call_with_error(error, complete, future))
    finally:
        with _Inside():
            free(future)


class _Inside:
    """A call of the other side that may call back: the interpreter must not be torn down under it."""

    threads: ClassVar[dict[int, None]] = {}
    left_by: ClassVar[int | None] = None

    def __enter__(self) -> None:
        thread = threading.get_ident()
        self._is_outermost = thread not in self.threads
        self.threads[thread] = None
        if self.left_by is not None and self.left_by != thread:
            # A thread that nobody waits for, as all others have ended before: it ends with the interpreter.
            del self.threads[thread]
            threading.Event().wait()

    def __exit__(self, *_: object) -> None:
        if self._is_outermost:
            self.threads.pop(threading.get_ident(), None)


def _leave() -> None:
    _Inside.left_by = threading.get_ident()
    ffi.leave()
    end = time.monotonic() + 1
    while _Inside.threads.keys() - {_Inside.left_by} and time.monotonic() < end:
        time.sleep(0.001)
    # The interpreter takes modules apart before it drops what they made; by then there is nothing to free with.
    for thing in vars(ffi).values():
        if isinstance(thing, type) and "__del__" in vars(thing):
            delattr(thing, "__del__")


_continuations = _Continuations()
_wake_up = ffi._UNIFFI_RUST_FUTURE_CONTINUATION_CALLBACK(_continue)
ffi._uniffi_rust_call_async = _call
atexit.register(_leave)
# The parent's other threads are not here.
os.register_at_fork(after_in_child=_Inside.threads.clear)
