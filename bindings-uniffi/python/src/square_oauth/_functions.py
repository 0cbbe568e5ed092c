"""What needs no client."""

from __future__ import annotations

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry


@entry
def attempt(callback: str) -> str:
    """Read the attempt's key out of a callback: the one that ``Authorization.attempt`` named on the way out.

    Nothing is checked yet. ``callback`` is a URL, a path with a query, or a query string. Raises ``InvalidCallback`` if
    there is no state to tell attempts apart by; ``Denied``, code ``denied_unverified``, if a refusal came without one.
    """
    return _convert.as_str(ffi.attempt(_convert.text(callback, "callback")))
