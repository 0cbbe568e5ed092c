"""Between Python's own types and the other side's."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any, SupportsFloat, TypeVar, cast

from square_oauth._errors import not_a, wrong

_Kind = TypeVar("_Kind")

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FIRST = datetime.min.replace(tzinfo=timezone.utc)
_LAST = datetime.max.replace(tzinfo=timezone.utc)
_LONGEST = timedelta(days=365 * 100)


def text(value: object, name: str, wanted: str = "a str") -> str:
    """A text that can be handed over. ``None``, as an unset environment variable is, becomes an empty one, which
    is then refused by its field's name. Half a character becomes a sign that is refused as well: an error of the
    encoder's would carry the whole text along."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise not_a(wanted, value, name)
    # Subclasses, as enumerations of texts are, may have methods of their own.
    plain = str.__str__(value)
    return plain if plain.isascii() else plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def optional_text(value: object, name: str) -> str | None:
    """The same, where there may be none."""
    return None if value is None else text(value, name)


def flag(value: object, name: str) -> bool:
    """Yes or no. A text is neither, since ``"false"`` would be a yes."""
    if not isinstance(value, bool):
        raise not_a("a bool", value, name)
    return value


def raw(value: object, name: str, wanted: str = "bytes") -> bytes:
    """Bytes of any kind."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise not_a(wanted, value, name)
    return bytes(value)


def listed(values: Iterable[object] | None, name: str, wanted: str) -> list[object]:
    """What is listed there; nothing at all is an empty list, and a single text would be taken letter by letter."""
    if values is None:
        return []
    if isinstance(values, (str, bytes, bytearray, memoryview)) or not hasattr(type(values), "__iter__"):
        raise not_a(wanted, values, name)
    return list(values)


def instance(value: object, kind: type[_Kind], name: str, wanted: str = "") -> _Kind:
    """One of this library's own."""
    if not isinstance(value, kind):
        raise not_a(wanted or f"a {kind.__name__}", value, name)
    return value


def moment(ms: int) -> datetime:
    """A moment as an aware datetime; beyond what one can hold, its furthest."""
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        return _LAST if ms > 0 else _FIRST


def optional_moment(ms: int | None) -> datetime | None:
    """The same, where there may be none."""
    return None if ms is None else moment(ms)


def unix_ms(value: object, name: str) -> int:
    """An aware datetime in milliseconds."""
    if not isinstance(value, datetime):
        raise not_a("a datetime", value, name)
    if value.utcoffset() is None:
        raise wrong(name, "has to be an aware datetime, such as datetime.now(timezone.utc)")
    return (value - _EPOCH) // timedelta(milliseconds=1)


def duration(value: object, name: str) -> timedelta:
    """Seconds, or a timedelta. What no duration can be becomes none, which is out of every range."""
    if not isinstance(value, timedelta):
        if isinstance(value, (bool, str)) or not hasattr(type(value), "__float__"):
            raise not_a("a number of seconds or a timedelta", value, name)
        try:
            seconds = float(cast("SupportsFloat", value))
        except OverflowError:
            seconds = math.inf
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
