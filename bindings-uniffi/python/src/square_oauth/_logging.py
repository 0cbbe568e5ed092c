"""The library's events in Python's own logging, under the name ``square_oauth``."""

from __future__ import annotations

import _thread
import logging
from typing import Any

from square_oauth._bridge import ffi

logger = logging.getLogger("square_oauth")
# A library leaves it to the program whether anything is printed.
logger.addHandler(logging.NullHandler())

_LEVELS = {
    ffi.LogLevel.DEBUG: logging.DEBUG,
    ffi.LogLevel.INFO: logging.INFO,
    ffi.LogLevel.WARN: logging.WARNING,
    ffi.LogLevel.ERROR: logging.ERROR,
}
_told: int | None = None

# By thread, what came while a handler of the program's had an event in hand.
_interrupts: dict[int, KeyboardInterrupt] = {}


def interrupt() -> None:
    """Raise what could not be raised through the other side: Ctrl-C leaves with the call."""
    if _interrupts and (held := _interrupts.pop(_thread.get_ident(), None)) is not None:
        raise held


class _Sink(ffi.LogSink):  # type: ignore[misc]
    def log(self, record: Any) -> None:
        level = _LEVELS[record.level]
        facts = {fact.name: fact.value.value for fact in record.fields}
        what = f"{record.call} {record.message}" if record.call else record.message
        # One template for each outcome of each call: what collects records groups them by it.
        template = what + "".join(f" {name}=%s" for name in facts)
        try:
            logger.log(level, template, *facts.values(), extra={"call": record.call, **facts})
        except KeyboardInterrupt as pressed:
            _interrupts[_thread.get_ident()] = pressed


def follow_level() -> None:
    """Tell the other side how much is wanted, if that has changed: what nobody wants is then not even made."""
    global _told
    wanted = logging.CRITICAL if logger.disabled else max(logger.getEffectiveLevel(), logger.manager.disable + 1)
    if wanted != _told:
        _told = wanted
        heard = [level for level, number in _LEVELS.items() if number >= wanted]
        ffi.set_log_level(heard[0] if heard else None)


ffi.set_log_sink(_Sink())
