"""The client for asyncio."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import final, overload

from square_oauth import _values
from square_oauth._bridge import finish
from square_oauth._client import Client, grant, revocation
from square_oauth._entry import ABSENT, Absent, entry
from square_oauth._logging import follow_level
from square_oauth._values import Callback, Secret, Tokens, TokenStatus, secret


@final
class AsyncOAuthClient(Client):
    """The client without memory, for asyncio: authorize, complete, the three calls.

    Any number of event loops may use it at once. A call that is cancelled is aborted.
    """

    __slots__ = ()

    @entry
    async def complete(self, callback: str, pending: str | None) -> Tokens:
        """Check the seller's return and exchange its code for tokens. Sent once, never repeated.

        :param callback: a URL, a path with a query, or a query string, as the request came
        :param pending: what was kept under ``attempt(callback)``, removed from there before this call

        Raises ``InvalidCallback`` if the return does not match its start; ``Denied`` if the seller said no;
        ``ReauthorizationRequired`` if the code was used or is too old; and what ``obtain_token`` raises.
        """
        at, kept = secret(callback, "callback"), secret(pending, "pending")
        del callback, pending
        follow_level()
        return Tokens._of((await finish(self._open().complete(at, kept))).tokens)

    @overload
    async def obtain_token(self, *, callback: Callback, short_lived: bool = False, use_jwt: bool = False) -> Tokens: ...
    @overload
    async def obtain_token(
        self,
        *,
        refresh_token: Secret | str | None,
        scopes: Iterable[str] = (),
        short_lived: bool = False,
        use_jwt: bool = False,
    ) -> Tokens: ...
    @overload
    async def obtain_token(self, *, migration_token: Secret | str | None) -> Tokens: ...
    @entry
    async def obtain_token(
        self,
        *,
        callback: Callback | Absent = ABSENT,
        refresh_token: Secret | str | Absent | None = ABSENT,
        migration_token: Secret | str | Absent | None = ABSENT,
        scopes: Iterable[str] = (),
        short_lived: bool = False,
        use_jwt: bool = False,
    ) -> Tokens:
        """Exchange a code, a refresh token or a migration token for tokens.

        A code, and a public application's refresh token, is sent once and never repeated. In code flow a refresh is
        repeated where that may help.

        :param callback: what ``check_callback`` gave
        :param refresh_token: the refresh token of a seller
        :param migration_token: an access token from before 2019-03-13
        :param scopes: narrows what the new access token may do; none keeps all that was granted
        :param short_lived: whether the access token should live 24 hours instead of 30 days
        :param use_jwt: whether it should be a JWT, which is used like any other

        Raises ``ReauthorizationRequired`` if the grant is dead; ``Configuration`` if Square does not accept the
        application; ``RateLimited``, ``Unavailable``, ``TransportError``, ``ProtocolError``, ``Rejected``.
        """
        request = grant(callback, refresh_token, migration_token, scopes, short_lived, use_jwt)
        del refresh_token, migration_token
        follow_level()
        return Tokens._of((await finish(self._open().obtain_token(request))).tokens)

    @overload
    async def revoke_token(self, *, all: str | None) -> None: ...
    @overload
    async def revoke_token(self, *, all_by_token: Secret | str | None) -> None: ...
    @overload
    async def revoke_token(self, *, only: Secret | str | None) -> None: ...
    @entry
    async def revoke_token(
        self,
        *,
        all: str | Absent | None = ABSENT,
        all_by_token: Secret | str | Absent | None = ABSENT,
        only: Secret | str | Absent | None = ABSENT,
    ) -> None:
        """End tokens at Square.

        :param all: a merchant ID: every token this application holds for the seller, which is what "Disconnect" means
        :param all_by_token: the same, naming the seller by any of their access tokens
        :param only: one access token alone; the authorization and its refresh token stay

        Raises ``Rejected`` with code ``token_not_found`` if they are already gone, and what any call can raise.
        """
        request = revocation(all, all_by_token, only)
        del all_by_token, only
        follow_level()
        await finish(self._open().revoke_token(request))

    @entry
    async def retrieve_token_status(self, access_token: Secret | str | None) -> TokenStatus:
        """Ask what ``access_token`` is good for: scopes, end, application, seller.

        Raises ``Rejected`` with code ``access_token_rejected`` if it is good for nothing, and what any call can raise.
        """
        token = secret(access_token, "access_token")
        del access_token
        follow_level()
        return _values.status((await finish(self._open().retrieve_token_status(token))).status)

    @entry
    async def check_application(self) -> None:
        """Ask Square whether ID, secret and environment are right. Needs no seller.

        It exchanges a code that cannot exist: Square judges the application first, so a complaint about the code shows
        that the application was accepted. That order is seen in the field, not documented.

        Raises ``Configuration`` with code ``application_rejected`` if they are not, and what any call can raise.
        """
        follow_level()
        await finish(self._open().check_application())

    async def aclose(self) -> None:
        """Let go of the connections. Calls that are on their way go on."""
        self._inner = None

    async def __aenter__(self) -> AsyncOAuthClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
