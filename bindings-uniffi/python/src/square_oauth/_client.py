"""What both clients have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypeVar, cast

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._clock import ManualClock
from square_oauth._entry import ABSENT, Absent, entry
from square_oauth._environment import Environment
from square_oauth._errors import wrong
from square_oauth._values import Authorization, Callback, Opaque, Secret, secret

_Self = TypeVar("_Self", bound="Client")

# A code's scopes are those that the seller granted.
_TAKEN_WITH = {
    "callback": {"short_lived", "use_jwt"},
    "refresh_token": {"scopes", "short_lived", "use_jwt"},
    "migration_token": set[str](),
}


class Client(Opaque):
    """An application at Square. Make it once; any thread, event loop and forked process may use it."""

    _about = ""

    @entry
    def __init__(
        self,
        application_id: str | None,
        application_secret: Secret | str | None,
        *,
        environment: Environment | str,
        previous_application_secret: Secret | str | None = None,
        authorize_url: str | None = None,
        timeout: float | timedelta | None = None,
        pending_lifetime: float | timedelta | None = None,
        square_version: str | Absent | None = ABSENT,
        proxy: Secret | str | Absent | None = ABSENT,
        extra_root_certificates: bytes | None = None,
        clock: ManualClock | None = None,
    ) -> None:
        """A client of an application with a secret: the code flow, right for every server.

        Everything that can be checked without sending is checked here, and raises ``InvalidInput``.

        :param application_id: the ID from Square's developer console
        :param application_secret: the secret; an unset one is an error, never a change of flow
        :param environment: ``"production"``, ``"sandbox"``, or a base URL
        :param previous_application_secret: the secret before this one, while it is being replaced: sellers who left
            under it still come back. Nothing is sent under it
        :param authorize_url: the base URL for the seller's browser, where that is another one
        :param timeout: the total of one call in seconds: attempts, back-off and body; 15
        :param pending_lifetime: how long a seller may stay away, in seconds; 30 minutes
        :param square_version: the ``Square-Version`` header; ``None`` leaves it to the application's setting
        :param proxy: an ``http://`` or ``https://`` URL; ``None`` for none; what the environment says by default
        :param extra_root_certificates: PEM certificates to trust beside the platform's
        :param clock: another clock than the system's, for tests
        """
        key = secret(application_secret, "application_secret")
        identity = _convert.text(application_id, "application_id")
        if previous_application_secret is None:
            application = ffi.Application.confidential(identity, key)
        else:
            previous = secret(previous_application_secret, "previous_application_secret")
            application = ffi.Application.confidential_rotating(identity, key, previous)
        options = (timeout, pending_lifetime, square_version)
        network = (proxy, extra_root_certificates)
        where = _where(environment, authorize_url)
        self._inner = _connect(application, where, options, network, clock)
        self._about = f"application_id={identity!r}, environment={str(where)!r}"

    @classmethod
    @entry
    def public(
        cls: type[_Self],
        application_id: str | None,
        *,
        environment: Environment | str,
        authorize_url: str | None = None,
        timeout: float | timedelta | None = None,
        pending_lifetime: float | timedelta | None = None,
        square_version: str | Absent | None = ABSENT,
        proxy: Secret | str | Absent | None = ABSENT,
        extra_root_certificates: bytes | None = None,
        clock: ManualClock | None = None,
    ) -> _Self:
        """A client of an application without a secret: the PKCE flow. The options are those of the constructor.

        Its refresh tokens are good for one use and 90 days, it cannot revoke, and its pending values must stay on
        the server. Raises ``InvalidInput``, as the constructor does.
        """
        identity, where = _convert.text(application_id, "application_id"), _where(environment, authorize_url)
        options = (timeout, pending_lifetime, square_version)
        network = (proxy, extra_root_certificates)
        made = cls._of(_connect(ffi.Application.public(identity), where, options, network, clock))
        made._about = f"application_id={identity!r}, environment={str(where)!r}"
        return made

    @entry
    def authorize(
        self,
        *,
        scopes: Iterable[str],
        session: bool = False,
        locale: str | None = None,
        redirect_uri: str | None = None,
    ) -> Authorization:
        """Make the address to send a seller to, and what to keep until they are back.

        :param scopes: the permissions to ask for; at least one
        :param session: whether a seller who is logged in at Square may skip the login
        :param locale: the page's language, e.g. ``en-US``; Square guesses by default
        :param redirect_uri: the redirect URL, exactly as registered; Square uses the registered one by default

        Raises ``InvalidInput``.
        """
        options = ffi.Authorize(
            scopes=names(scopes),
            session=_convert.flag(session, "session"),
            locale=_convert.optional_text(locale, "locale"),
            redirect_uri=_convert.optional_text(redirect_uri, "redirect_uri"),
        )
        return Authorization._of(self._open().authorize(options))

    @entry
    def check_callback(self, callback: str, pending: str | None) -> Callback:
        """Check the seller's return without exchanging its code: the first half of ``complete``, for those who want
        options on the second.

        :param callback: a URL, a path with a query, or a query string, as the request came
        :param pending: what was kept under ``attempt(callback)``, removed from there before this call

        Raises ``InvalidCallback`` if the return does not match its start; ``Denied`` if the seller said no.
        """
        at, kept = _convert.text(callback, "callback"), _convert.text(pending, "pending")
        return Callback._of(self._open().check_callback(at, kept))

    def _open(self) -> Any:
        if self._inner is None:
            raise RuntimeError("this client is closed")
        return self._inner

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'closed' if self._inner is None else self._about})"


def _where(environment: Environment | str, authorize_url: str | None) -> Environment:
    where = environment if isinstance(environment, Environment) else Environment(environment)
    return where if authorize_url is None else where.authorize_at(authorize_url)


def _connect(
    application: Any,
    where: Environment,
    options: tuple[float | timedelta | None, float | timedelta | None, str | Absent | None],
    network: tuple[Secret | str | Absent | None, bytes | None],
    clock: ManualClock | None,
) -> Any:
    proxy, certificates = network
    pem = None if certificates is None else _convert.raw(certificates, "extra_root_certificates")
    chosen = ffi.default_client_options()
    timeout, pending_lifetime, square_version = options
    if timeout is not None:
        chosen.timeout = _convert.duration(timeout, "timeout")
    if pending_lifetime is not None:
        chosen.pending_lifetime = _convert.duration(pending_lifetime, "pending_lifetime")
    if not isinstance(square_version, Absent):
        chosen.square_version = None if square_version is None else _convert.text(square_version, "square_version")
    return ffi.OAuthClient(
        where._inner,
        application,
        ffi.Language.PYTHON,
        chosen,
        ffi.NetworkOptions(proxy=_proxy(proxy), extra_root_certificates=pem),
        None if clock is None else _convert.instance(clock, ManualClock, "clock")._inner,
    )


def _proxy(proxy: Secret | str | Absent | None) -> Any:
    if isinstance(proxy, Absent):
        return ffi.Proxy.ENVIRONMENT()
    if proxy is None:
        return ffi.Proxy.NONE()
    return ffi.Proxy.URL(url=secret(proxy, "proxy"))


def names(scopes: Iterable[str] | None) -> list[str]:
    """The scopes, one by one."""
    return [_convert.text(scope, "scopes") for scope in _convert.listed(scopes, "scopes", "a list of permissions")]


def grant(
    callback: Callback | Absent,
    refresh_token: Secret | str | Absent | None,
    migration_token: Secret | str | Absent | None,
    scopes: Iterable[str],
    short_lived: bool,
    use_jwt: bool,
) -> Any:
    """What to exchange for tokens, out of the arguments of ``obtain_token``."""
    grants = {"callback": callback, "refresh_token": refresh_token, "migration_token": migration_token}
    meant = _only("obtain_token", grants)
    narrowed = names(scopes)
    lived, as_jwt = _convert.flag(short_lived, "short_lived"), _convert.flag(use_jwt, "use_jwt")
    options = {"scopes": narrowed, "short_lived": lived, "use_jwt": as_jwt}
    for name in [name for name, value in options.items() if value and name not in _TAKEN_WITH[meant]]:
        raise wrong(name, f"cannot be given beside {meant}", unexpected=True)
    if meant == "callback":
        wanted = "a Callback, as check_callback gives (complete takes a URL)"
        return ffi.ObtainToken.authorization_code(
            _convert.instance(callback, Callback, "callback", wanted)._inner, lived, as_jwt
        )
    token = secret(cast("Secret | str | None", grants[meant]), meant)
    if meant == "refresh_token":
        return ffi.ObtainToken.refresh_token(token, narrowed, lived, as_jwt)
    return ffi.ObtainToken.migration_token(token)


def revocation(
    every: str | Absent | None,
    all_by_token: Secret | str | Absent | None,
    only: Secret | str | Absent | None,
) -> Any:
    """What to revoke, out of the arguments of ``revoke_token``."""
    choices = {"all": every, "all_by_token": all_by_token, "only": only}
    meant = _only("revoke_token", choices)
    if meant == "all":
        return ffi.RevokeToken.all(_convert.text(every, "all"))
    token = secret(cast("Secret | str | None", choices[meant]), meant)
    return ffi.RevokeToken.all_by_token(token) if meant == "all_by_token" else ffi.RevokeToken.only(token)


def _only(call: str, choices: dict[str, Any]) -> str:
    """The one of them that was given."""
    given = [name for name, value in choices.items() if not isinstance(value, Absent)]
    if not given:
        raise wrong(None, f"{call} takes one of {', '.join(choices)}")
    if len(given) > 1:
        raise wrong(given[1], f"cannot be given beside {given[0]}", unexpected=True)
    return given[0]
