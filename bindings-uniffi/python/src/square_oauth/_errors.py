"""Why a call failed: one hierarchy, one class for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from square_oauth._bridge import ffi

_Error = TypeVar("_Error", bound="OAuthError")


@dataclass(frozen=True)
class SquareError:
    """One error as Square reported it, cleaned for logs. Any of the parts may be absent."""

    category: str | None = None
    """Square's category, e.g. ``AUTHENTICATION_ERROR``; an open set."""
    code: str | None = None
    """Square's code, e.g. ``UNAUTHORIZED``, or the type of an older answer; an open set."""
    detail: str | None = None
    """Square's sentence for developers."""
    field: str | None = None
    """The request's field that Square complains about."""


class OAuthError(Exception):
    """Why a call failed. Decide by the class, log ``code`` and the message.

    Neither the message nor any attribute holds a secret, a body or a URL's query.
    """

    kind: ClassVar[str] = "internal"
    """The kind's name, the same in every language of the library."""

    code: str
    """The stable name of what happened, e.g. ``state_expired``."""
    field: str | None
    """The name of the field at fault, e.g. ``application_secret``."""
    http_status: int | None
    """The HTTP status, where an answer came."""
    errors: tuple[SquareError, ...]
    """What Square said, cleaned for logs."""
    retry_after: timedelta | None
    """How long Square asks to wait."""
    retryable: bool
    """Whether the same call again is harmless and may succeed."""
    request_may_have_arrived: bool
    """Whether Square may have received, and carried out, the request."""

    def __init__(
        self,
        message: str,
        code: str,
        *,
        field: str | None = None,
        http_status: int | None = None,
        errors: tuple[SquareError, ...] = (),
        retry_after: timedelta | None = None,
        retryable: bool = False,
        request_may_have_arrived: bool = False,
    ) -> None:
        # Both: what keeps an error as its class and arguments, as Celery's results do, makes it anew from these.
        super().__init__(message, code)
        self.code = code
        self.field = field
        self.http_status = http_status
        self.errors = errors
        self.retry_after = retry_after
        self.retryable = retryable
        self.request_may_have_arrived = request_may_have_arrived

    def __str__(self) -> str:
        return str(self.args[0])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r}, code={self.code!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Task queues and process pools carry exceptions to another process.
        return _remake, (type(self), str(self), self.__dict__)


def _remake(kind: type[OAuthError], message: str, attributes: dict[str, Any]) -> OAuthError:
    error = kind(message, attributes["code"])
    error.__dict__.update(attributes)
    return error


class InvalidInput(OAuthError):
    """The caller's mistake; nothing was sent."""

    kind = "invalid_input"


class InvalidCall(InvalidInput, TypeError):
    """A call that no value makes right: an argument of another type, one beside another that excludes it, or one that
    does not exist. Where Python has a word of its own for a mistake, this is that too."""


class InvalidCallback(OAuthError):
    """The return trip does not match its start: the seller has to start again."""

    kind = "invalid_callback"


class InvalidWebhook(OAuthError):
    """Not a delivery of Square's, or the key or URL given for it is wrong."""

    kind = "invalid_webhook"


class Denied(OAuthError):
    """The seller said no."""

    kind = "denied"


class ReauthorizationRequired(OAuthError):
    """This grant is dead: the seller has to connect again."""

    kind = "reauthorization_required"


class Configuration(OAuthError):
    """Square rejects the application itself."""

    kind = "configuration"


class Rejected(OAuthError):
    """Square said no; the cause is not established, or not this library's to judge."""

    kind = "rejected"


class RateLimited(OAuthError):
    """Too many requests, or too many tokens for one seller."""

    kind = "rate_limited"


class Unavailable(OAuthError):
    """Square could not answer."""

    kind = "unavailable"


class TransportError(OAuthError):
    """The exchange failed: not sent, interrupted, or out of time."""

    kind = "transport"


class ProtocolError(OAuthError):
    """The answer is not Square's."""

    kind = "protocol"


class StoreError(OAuthError):
    """The token store failed."""

    kind = "store"


class InternalError(OAuthError):
    """A bug of this library's, or a machine that cannot run it."""

    kind = "internal"


_KINDS: dict[str, type[OAuthError]] = {
    error.kind: error
    for error in (
        InvalidInput,
        InvalidCallback,
        InvalidWebhook,
        Denied,
        ReauthorizationRequired,
        Configuration,
        Rejected,
        RateLimited,
        Unavailable,
        TransportError,
        ProtocolError,
        StoreError,
        InternalError,
    )
}


def translate(failed: Any) -> OAuthError:
    """Make an error of the generated half into one of these."""
    if isinstance(failed, ffi.InternalError):
        return _panicked()
    return _made(_KINDS[failed.kind_name], failed)


def _made(kind: type[_Error], failed: Any) -> _Error:
    return kind(
        failed.text,
        code=failed.code,
        field=failed.field,
        http_status=failed.http_status,
        errors=tuple(SquareError(e.category, e.code, e.detail, e.field) for e in failed.errors),
        retry_after=failed.retry_after,
        retryable=failed.retryable,
        request_may_have_arrived=failed.request_may_have_arrived,
    )


def no_option(name: str, known: list[str]) -> None:
    """Refuse an argument that is none of these, by the nearest of them."""
    try:
        ffi.check_option(name, known)
    except ffi.OAuthError as error:
        raise _made(InvalidCall, error) from None


def wrong(field: str | None, text: str, unexpected: bool = False) -> InvalidCall:
    """The error for an argument of a wrong type, or beside another. ``text`` goes on where the field's name ends, and
    holds nothing of what was given."""
    try:
        ffi.wrong_value(field, text, unexpected)
    except ffi.OAuthError as error:
        return _made(InvalidCall, error)
    raise AssertionError("unreachable")


def not_a(wanted: str, value: object, field: str) -> InvalidCall:
    """The error for an argument of a wrong type."""
    return wrong(field, f"has to be {wanted}, not {type(value).__name__}")


def _panicked() -> OAuthError:
    """A bug on the other side. What it said is not shown, since nobody can tell what that holds."""
    try:
        ffi.panicked()
    except ffi.OAuthError as error:
        return translate(error)
    raise AssertionError("unreachable")


FAILURES: tuple[type[Exception], ...] = (ffi.OAuthError, ffi.InternalError)
"""What calls of the generated half raise."""
