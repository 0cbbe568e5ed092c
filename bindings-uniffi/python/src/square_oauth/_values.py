"""What calls take and yield."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, final

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry

_Self = TypeVar("_Self", bound="Opaque")


class Opaque:
    """What stands for a value on the other side. It never changes, and cannot be written down."""

    __slots__ = ("__weakref__", "_inner")
    _inner: Any

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # So that whatever prints a half-made one, as debuggers do, finds something.
            return None if name == "_inner" else object.__getattribute__(self, name)

    @classmethod
    def _of(cls: type[_Self], inner: Any) -> _Self:
        made = cls.__new__(cls)
        made._inner = inner
        return made

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be pickled")

    def __copy__(self: _Self) -> _Self:
        return self

    def __deepcopy__(self: _Self, memo: object) -> _Self:
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}()" if self._inner is None else self._shown()

    def _shown(self) -> str:
        return f"{type(self).__name__}([redacted])"


class Given(Opaque):
    """What calls give, and nobody makes."""

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError(f"a {type(self).__name__} is what calls give; none is made by hand")


@final
class Secret(Opaque):
    """A text that must not be printed: an application secret, a token, a code, a verifier, a key.

    It prints as ``[redacted]``, compares in constant time, and its memory is zeroed when it is freed.
    ``expose()`` is the only door. It is made from ``text``, a ``str``; anything else raises ``InvalidCall``.
    """

    __slots__ = ()
    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    @entry
    def __init__(self, text: str) -> None:
        self._inner = ffi.Secret(_convert.text(text, "text"))

    def expose(self) -> str:
        """Open it: the text itself. Where it goes from here is the caller's care."""
        return _convert.as_str(self._inner.expose())

    def __str__(self) -> str:
        return "[redacted]"

    def __eq__(self, other: object) -> bool:
        return bool(self._inner == other._inner) if isinstance(other, Secret) else NotImplemented


@final
class Authorization(Given):
    """Where to send the seller, and what to keep until they are back."""

    __slots__ = ()

    @property
    def url(self) -> str:
        """The address to redirect the seller's browser to. Not for a server to fetch."""
        return _convert.as_str(self._inner.url())

    @property
    def pending(self) -> str:
        """What to keep in the seller's session until they are back."""
        return _convert.as_str(self._inner.pending())

    @property
    def attempt(self) -> str:
        """The key to keep it under: one for each attempt, safe as a cookie's name."""
        return _convert.as_str(self._inner.attempt())

    def _shown(self) -> str:
        return f"Authorization(url={self.url.partition('?')[0]!r}, attempt={self.attempt!r})"


@final
class Callback(Given):
    """A callback that was checked: whoever has one has proof that this browser started this attempt.

    It holds the authorization code, which is good for one exchange within 5 minutes.
    """

    __slots__ = ()

    @classmethod
    @entry
    def unchecked(
        cls,
        code: Secret | str,
        *,
        redirect_uri: str | None = None,
        code_verifier: Secret | str | None = None,
    ) -> Callback:
        """Make one of a bare ``code``.

        This skips what protects the seller: nobody has checked that the state matches, that the same browser
        started the attempt, or how long ago. ``redirect_uri`` is needed if one was sent to the authorization
        page; ``code_verifier`` exactly by public applications. The values are checked where they are used:
        ``obtain_token`` raises ``InvalidInput``.
        """
        verifier = None if code_verifier is None else secret(code_verifier, "code_verifier")
        uri = _convert.optional_text(redirect_uri, "redirect_uri")
        return cls._of(ffi.Callback.unchecked(secret(code, "code"), uri, verifier))


@final
class Tokens(Given):
    """The tokens of one seller. Printing them shows no secret."""

    __slots__ = ()
    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    @property
    def access_token(self) -> Secret:
        """The bearer token for Square's API."""
        return Secret._of(self._inner.access_token())

    @property
    def token_type(self) -> str:
        """Always ``bearer``."""
        return _convert.as_str(self._inner.token_type())

    @property
    def expires_at(self) -> datetime:
        """When the access token ends: 30 days after it was made, or 24 hours if short-lived."""
        return _convert.moment(self._inner.expires_at())

    @property
    def merchant_id(self) -> str:
        """The seller."""
        return _convert.as_str(self._inner.merchant_id())

    @property
    def refresh_token(self) -> Secret | None:
        """The refresh token.

        Where Square leaves it out of a refresh, code flow keeps the one that was used, which stays good; in
        PKCE that one is spent, so there is none.
        """
        token = self._inner.refresh_token()
        return None if token is None else Secret._of(token)

    @property
    def refresh_token_expires_at(self) -> datetime | None:
        """When the refresh token ends; only PKCE's do."""
        return _convert.optional_moment(self._inner.refresh_token_expires_at())

    @property
    def short_lived(self) -> bool:
        """Whether the access token lives 24 hours."""
        return bool(self._inner.short_lived())

    @property
    def subscription_id(self) -> str | None:
        """Legacy: the seller's subscription to the application."""
        return _convert.as_optional_str(self._inner.subscription_id())

    @property
    def plan_id(self) -> str | None:
        """Legacy: the plan of that subscription."""
        return _convert.as_optional_str(self._inner.plan_id())

    @property
    def id_token(self) -> Secret | None:
        """Legacy: an OpenID token, deprecated since 2021-09-15."""
        token = self._inner.id_token()
        return None if token is None else Secret._of(token)

    @property
    def ignored_fields(self) -> tuple[str, ...]:
        """Optional fields of the answer that could not be used, and so were left out."""
        return tuple(self._inner.ignored_fields())

    def __eq__(self, other: object) -> bool:
        return bool(self._inner == other._inner) if isinstance(other, Tokens) else NotImplemented

    def _shown(self) -> str:
        return f"Tokens(merchant_id={self.merchant_id!r}, expires_at={self.expires_at!r}, access_token=[redacted])"


@final
@dataclass(frozen=True)
class TokenStatus:
    """What Square says of a live access token. Free of secrets."""

    scopes: tuple[str, ...]
    """What the seller granted. The only way to learn it: tokens come without their scopes."""
    expires_at: datetime | None
    """When the token ends; ``None`` means never, as personal tokens do."""
    client_id: str
    """The application the token was made for."""
    merchant_id: str
    """The seller."""


def secret(value: Secret | str | None, name: str) -> Any:
    """The other side's secret; nothing at all becomes an empty one, which it then complains about."""
    if isinstance(value, Secret):
        return value._inner
    return ffi.Secret(_convert.text(value, name, "a str or a Secret"))


def status(inner: Any) -> TokenStatus:
    """The other side's token status as one of this side."""
    ends = _convert.optional_moment(inner.expires_at)
    return TokenStatus(tuple(inner.scopes), ends, inner.client_id, inner.merchant_id)
