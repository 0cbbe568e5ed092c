"""Between Python's own types and the other side's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FIRST = datetime.min.replace(tzinfo=timezone.utc)
_LAST = datetime.max.replace(tzinfo=timezone.utc)
_LONGEST = timedelta(days=365 * 100)


def text(value: object, name: str) -> str:
    """A text that can be handed over. ``None``, as an unset environment variable is, becomes an empty one, which
    is then refused by its field's name. Half a character becomes a sign that is refused as well: an error of the
    encoder's would carry the whole text along."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{name} has to be a str, not {type(value).__name__}")
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def moment(ms: int) -> datetime:
    """A moment as an aware datetime; beyond what one can hold, its furthest."""
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        return _LAST if ms > 0 else _FIRST


def optional_moment(ms: int | None) -> datetime | None:
    """The same, where there may be none."""
    return None if ms is None else moment(ms)


def unix_ms(value: datetime, name: str) -> int:
    """An aware datetime in milliseconds."""
    if value.tzinfo is None:
        raise TypeError(f"{name} has to be an aware datetime, such as datetime.now(timezone.utc)")
    return (value - _EPOCH) // timedelta(milliseconds=1)


def duration(value: float | timedelta) -> timedelta:
    """Seconds, or a timedelta. What no duration can be becomes none, which is out of every range."""
    if not isinstance(value, timedelta):
        seconds = float(value)
        in_range = 0 <= seconds < _LONGEST.total_seconds()
        value = timedelta(seconds=seconds) if in_range else (_LONGEST if seconds > 0 else timedelta())
    return min(max(value, timedelta()), _LONGEST)


def as_str(value: Any) -> str:
    """What the generated half promises, said to the type checker."""
    result: str = value
    return result


def as_optional_str(value: Any) -> str | None:
    """What the generated half promises, said to the type checker."""
    result: str | None = value
    return result
