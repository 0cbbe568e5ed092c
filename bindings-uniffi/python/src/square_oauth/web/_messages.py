"""Requests and answers, without any framework."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry
from square_oauth._errors import not_a
from square_oauth._values import Given, Opaque

_HEADERS = "pairs of a name and a value"


@final
class WebRequest(Opaque):
    """A request of a browser's or of Square's, before any framework has parsed it."""

    __slots__ = ()

    @entry
    def __init__(self, method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> None:
        """Take a request apart.

        :param method: in capitals
        :param target: path and query as they came, unparsed
        :param headers: all of them, names in any case, with U+FFFD in the place of what is no text
        :param body: raw; may be empty for anything but a ``POST``

        Raises ``InvalidCall`` for what is no text or no bytes; whatever they say is judged by the handlers.
        """
        values: dict[str, list[str]] = {}
        for pair in _convert.listed(headers, "headers", _HEADERS):
            if not isinstance(pair, (tuple, list)) or len(pair) != 2:
                raise not_a(_HEADERS, pair, "headers")
            name, value = pair
            values.setdefault(_convert.text(name, "headers"), []).append(_convert.text(value, "headers"))
        at, content = _convert.text(target, "target"), _convert.raw(body, "body")
        self._inner = ffi.WebRequest(_convert.text(method, "method"), at, values, content)

    def _shown(self) -> str:
        return str(self._inner)


@final
class WebResponse(Given):
    """An answer to a browser or to Square, ready to be sent as it is."""

    __slots__ = ()

    @property
    def status(self) -> int:
        """The status."""
        return int(self._inner.status())

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers, names in lower case. ``set-cookie`` may be there more than once: append each."""
        return [(name, value) for name, values in self._inner.headers().items() for value in values]

    @property
    def body(self) -> str:
        """The body; empty where there is none."""
        return _convert.as_str(self._inner.body())

    def _shown(self) -> str:
        return str(self._inner)
