"""A clock that a test moves by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import final

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry
from square_oauth._errors import wrong
from square_oauth._values import Opaque


@final
class ManualClock(Opaque):
    """A clock that stands still until it is moved: for tests, and for following an emulator's clock.

    It begins at ``now``, an aware datetime; a naive one raises ``InvalidCall``.
    """

    __slots__ = ()

    @entry
    def __init__(self, now: datetime) -> None:
        self._inner = ffi.ManualClock.at(_convert.unix_ms(now, "now"))

    @entry
    def advance(self, by: float | timedelta) -> None:
        """Move it forward: ``by`` is in seconds, or a timedelta; ``set`` moves it back. Raises ``InvalidCall`` if it is
        less than nothing."""
        length = _convert.duration(by, "by")
        if by < timedelta() if isinstance(by, timedelta) else by < 0:
            raise wrong("by", "has to be forward; set moves a clock back")
        self._inner.advance(length)

    @entry
    def set(self, now: datetime) -> None:
        """Set it to ``now``, an aware datetime; it may go back, as real clocks do. Raises ``InvalidCall`` for a naive
        one."""
        self._inner.set(_convert.unix_ms(now, "now"))

    def now(self) -> datetime:
        """What it shows."""
        return _convert.moment(self._inner.now())

    def _shown(self) -> str:
        return f"ManualClock({self.now()!r})"
