"""What the generated half leaves open: calls on an event loop, forks, and the way out of the interpreter.

It is imported before anything else here, so that nothing runs over the generated half as it is.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

from square_oauth._handles import keep_all
from square_oauth._quick import ffi as ffi

if TYPE_CHECKING:
    # Imported by those who have a loop: the others' programs begin without it.
    from asyncio import AbstractEventLoop, Future

# How long Ctrl-C may have to wait to be seen.
_SLICE_MS = 100
# How late a timer of the other side's may be heard, in seconds.
_TICK = 0.02


def wait(call: Any) -> Any:
    """Wait for a call of the other side's, in slices."""
    try:
        while (answer := call.wait(_SLICE_MS)) is None:
            pass
        return answer
    except BaseException:
        # A traceback may keep the call alive for long.
        call.cancel()
        raise


async def finish(call: Any) -> Any:
    """Carry out a call of the other side's on the running loop."""
    import asyncio

    loop = asyncio.get_running_loop()
    try:
        bell = _bell(loop)
        if bell is None:
            return await asyncio.to_thread(wait, call)
        number = next(_numbers)
        try:
            while (answer := call.poll(bell.inner, number)) is None:
                await bell.wakes(number, loop)
            return answer
        finally:
            bell.waiting.pop(number, None)
    except BaseException:
        call.cancel()
        raise


def _bell(loop: AbstractEventLoop) -> _Bell | None:
    """The bell of a loop; none if it watches nothing for others, as the usual one on Windows."""
    known = _bells.get(loop)
    bell = None if known is None else known()
    if bell is not None:
        return bell
    bell = _Bell()
    descriptor = bell.inner.descriptor()
    if descriptor is None:
        return None
    try:
        loop.add_reader(descriptor, bell.ring)
    except NotImplementedError:
        return None
    bell.watch_for_work(loop)
    # The loop alone keeps it: what waits for a loop that has closed is let go of.
    _bells[loop] = ref(bell)
    return bell


class _Bell:
    """Hears which calls of one loop have something to do."""

    def __init__(self) -> None:
        self.inner = ffi.Bell()
        self.waiting: dict[int, Future[None]] = {}
        self._works = self._ticks = False

    def watch_for_work(self, loop: AbstractEventLoop) -> None:
        """Do the work on this loop, if it can hear of it; a thread does it otherwise."""
        descriptor = self.inner.work_descriptor()
        if descriptor is None:
            return
        # Not every loop takes a descriptor of every kind.
        with contextlib.suppress(NotImplementedError, OSError, ValueError):
            loop.add_reader(descriptor, self.ring)
            self.inner.will_work()
            self._works = True

    def wakes(self, number: int, loop: AbstractEventLoop) -> Future[None]:
        """What is done when the call of this number can go on."""
        woken = self.waiting[number] = loop.create_future()
        if self._works and not self._ticks:
            self._tick_later(loop)
        return woken

    def _tick_later(self, loop: AbstractEventLoop) -> None:
        self._ticks = True
        loop.call_later(_TICK, self._tick, loop)

    def _tick(self, loop: AbstractEventLoop) -> None:
        self._ticks = False
        # First, since a signal's handler may raise anywhere.
        if self.waiting:
            self._tick_later(loop)
        self.ring()

    def ring(self) -> None:
        for number in self.inner.rung():
            woken = self.waiting.pop(number, None)
            if woken is not None and not woken.done():
                woken.set_result(None)


_bells: WeakKeyDictionary[AbstractEventLoop, ref[_Bell]] = WeakKeyDictionary()
_numbers = itertools.count()


def _leave() -> None:
    ffi.leave()
    keep_all()


atexit.register(_leave)
# A bell rings in the process that made it.
os.register_at_fork(after_in_child=_bells.clear)
