"""Where Square is."""

from __future__ import annotations

from typing import final

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry
from square_oauth._values import Opaque


@final
class Environment(Opaque):
    """Production, the sandbox, or a base URL of your own (an emulator, a recording proxy).

    Read from ``environment``, the word ``production`` or ``sandbox`` or a URL: https, or http on loopback. Square's own
    two addresses, in any spelling, *are* production and sandbox. Raises ``InvalidInput`` for anything else.
    """

    __slots__ = ()

    @entry
    def __init__(self, environment: str) -> None:
        self._inner = ffi.Environment.parse(_convert.text(environment, "environment"))

    @classmethod
    @entry
    def insecure_for_emulator(cls, url: str) -> Environment:
        """A plain-http base ``url`` on another host than loopback, e.g. ``http://emulator:8080`` between containers.

        It takes only application IDs that start with ``sandbox-``, since everything sent to it can be read on the
        way. Raises ``InvalidInput`` if it is no URL.
        """
        return cls._of(ffi.Environment.insecure_for_emulator(_convert.text(url, "environment")))

    @entry
    def authorize_at(self, url: str) -> Environment:
        """The same environment with another base ``url`` for the seller's browser: an emulator in a container has one
        name for your server and another for the browser. Raises ``InvalidInput`` if it is no URL."""
        return Environment._of(self._inner.authorize_at(_convert.text(url, "authorize_url")))

    @property
    def base_url(self) -> str:
        """The base URL that calls go to, without a trailing slash."""
        return _convert.as_str(self._inner.base_url())

    @property
    def authorize_base_url(self) -> str:
        """The base URL that the seller's browser goes to."""
        return _convert.as_str(self._inner.authorize_base_url())

    def __str__(self) -> str:
        return str(self._inner)

    def _shown(self) -> str:
        made = f"Environment({str(self)!r})"
        is_one = self.base_url == self.authorize_base_url
        return made if is_one else f"{made}.authorize_at({self.authorize_base_url!r})"

    def __eq__(self, other: object) -> bool:
        return bool(self._inner == other._inner) if isinstance(other, Environment) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.base_url, self.authorize_base_url))
