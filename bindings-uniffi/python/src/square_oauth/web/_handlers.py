"""What the handlers of all frameworks have in common."""

from __future__ import annotations

import asyncio
import inspect
import logging
import traceback
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar, final

from square_oauth import _convert
from square_oauth._bridge import ffi, finish, wait
from square_oauth._client import Client, names
from square_oauth._entry import entry
from square_oauth._errors import OAuthError, not_a, translate, wrong
from square_oauth._logging import follow_level, logger
from square_oauth._values import Opaque, Tokens
from square_oauth._webhooks import AuthorizationRevoked, WebhookEvent, Webhooks, event
from square_oauth.web._messages import WebRequest, WebResponse
from square_oauth.web._pages import Pages

_Request = TypeVar("_Request")
OnConnected = Callable[[Tokens, _Request], object]
OnEvent = Callable[["WebhookEvent | AuthorizationRevoked"], object]

# Nobody else holds an exchange whose browser has hung up.
_running: set[asyncio.Task[WebResponse]] = set()


class Handlers(Opaque, Generic[_Request]):
    """The handlers of a web server that connects sellers. Make them once.

    Nothing is remembered here: what has to come back is in the seller's own cookie. Know who is asking before any of
    this runs: the seller is logged in to your application, and what they connect is stored under that account.
    """

    __slots__ = ("_client", "_on_connected", "_on_event")

    @entry
    def __init__(
        self,
        client: Client,
        *,
        public_url: str | None,
        scopes: Iterable[str],
        on_connected: OnConnected[_Request],
        webhooks: Webhooks | None = None,
        on_event: OnEvent | None = None,
        connect_path: str | None = None,
        callback_path: str | None = None,
        return_to: str | None = None,
        pages: Pages | None = None,
        session: bool = False,
        locale: str | None = None,
        redirect_uri: str | None = None,
    ) -> None:
        """Everything that can be checked is checked here, and raises ``InvalidInput``.

        All paths are as browsers see them: with whatever a proxy or a framework puts before yours.

        :param client: the client of an application with a secret, blocking or not. A public application's pending
            values must not be in a cookie, so it is refused
        :param public_url: how browsers reach this server: ``https://`` and a host, or ``http://`` on loopback. Its
            callback path is what you register as the redirect URL at Square
        :param scopes: the permissions to ask each seller for; at least one
        :param on_connected: stores a seller's tokens; gets them and the request, may be ``async``. **It may run twice
            for one seller**, who clicks again or has two tabs open: put the new tokens in place of the old ones, and
            start nothing a second time. If it raises, the seller reads that it is yours to repair; in the log are the
            exception's type and where it was raised, and not its message, in which there may be a token
        :param webhooks: the webhook subscriptions; without them deliveries are answered with 404
        :param on_event: takes a verified event, and may be ``async``. Deliveries repeat: act once for each
            ``event_id``. What it raises goes on to your framework, whose answer makes Square deliver again
        :param connect_path: where *connect* is served, by ``GET`` and ``POST``; ``/connect``
        :param callback_path: where *callback* is served, by ``GET``; ``/callback``
        :param return_to: where a seller goes once they are connected, if *connect* was not given a ``return_to``; the
            pages link there too; ``/``
        :param pages: what sellers read on their way
        :param session: whether a seller who is logged in at Square may skip the login
        :param locale: the language of Square's page, e.g. ``en-US``; Square guesses by default
        :param redirect_uri: the redirect URL, exactly as registered; Square uses the registered one by default
        """
        wanted = "an OAuthClient or an AsyncOAuthClient"
        connected = _convert.instance(client, Client, "client", wanted)._open()
        # Whatever is missing here is missed when a seller's tokens are there already, and lost.
        if not callable(on_connected):
            raise not_a("a function that stores the tokens", on_connected, "on_connected")
        if webhooks is not None and on_event is None:
            raise wrong("on_event", "is missing: what happens when one of the webhooks' events comes")
        if on_event is not None and not callable(on_event):
            raise not_a("a function that takes an event", on_event, "on_event")
        authorize = ffi.Authorize(
            scopes=names(scopes),
            session=_convert.flag(session, "session"),
            locale=_convert.optional_text(locale, "locale"),
            redirect_uri=_convert.optional_text(redirect_uri, "redirect_uri"),
        )
        options = ffi.web_options(_convert.text(public_url, "public_url"), authorize)
        paths = {"connect_path": connect_path, "callback_path": callback_path, "return_to": return_to}
        for name, path in paths.items():
            if path is not None:
                setattr(options, name, _convert.text(path, name))
        if pages is not None:
            for name, chosen in _convert.instance(pages, Pages, "pages")._inner.items():
                setattr(options.pages, name, chosen)
        if webhooks is not None:
            options.webhooks = _convert.instance(webhooks, Webhooks, "webhooks")._inner
        self._inner = ffi.WebHandlers(connected, options)
        self._client = client
        self._on_connected = on_connected
        self._on_event = on_event

    def _shown(self) -> str:
        return f"{type(self).__name__}({self._client!r})"

    @entry
    def _connect(self, request: WebRequest) -> WebResponse:
        return _answered(self._open().connect(request._inner))

    def _callback(self, request: WebRequest, context: _Request) -> WebResponse:
        returned = self._returned(request)
        if returned.is_ANSWER():
            return _answered(returned.answer)
        connected = returned.connected
        try:
            self._call(self._on_connected, Tokens._of(connected.tokens()), context)
        except Exception as error:
            return _not_stored(error, connected)
        return WebResponse._of(connected.stored())

    async def _acallback(self, request: WebRequest, context: _Request) -> WebResponse:
        # On a task of its own: a server that cancels the handler when the browser hangs up would lose the tokens, for
        # by then the code may be spent.
        task = asyncio.create_task(self._exchanged(request, context))
        _running.add(task)
        task.add_done_callback(_running.discard)
        return await asyncio.shield(task)

    async def _exchanged(self, request: WebRequest, context: _Request) -> WebResponse:
        returned = await self._areturned(request)
        if returned.is_ANSWER():
            return _answered(returned.answer)
        connected = returned.connected
        try:
            await self._acall(self._on_connected, Tokens._of(connected.tokens()), context)
        except Exception as error:
            return _not_stored(error, connected)
        return WebResponse._of(connected.stored())

    def _webhook(self, request: WebRequest) -> WebResponse:
        delivery = self._delivered(request)
        if delivery.is_REFUSED():
            return _answered(delivery.answer)
        if self._on_event is not None:
            self._call(self._on_event, event(delivery.event))
        return WebResponse._of(delivery.response)

    async def _awebhook(self, request: WebRequest) -> WebResponse:
        delivery = self._delivered(request)
        if delivery.is_REFUSED():
            return _answered(delivery.answer)
        if self._on_event is not None:
            await self._acall(self._on_event, event(delivery.event))
        return WebResponse._of(delivery.response)

    # The library's half of each alone: what the application's own functions raise is left as it is.

    @entry
    def _returned(self, request: WebRequest) -> Any:
        return wait(self._open().callback(request._inner)).returned

    @entry
    async def _areturned(self, request: WebRequest) -> Any:
        return (await finish(self._open().callback(request._inner))).returned

    @entry
    def _delivered(self, request: WebRequest) -> Any:
        return self._open().webhook(request._inner)

    @entry
    def _is_from_own_page(self, request: WebRequest) -> bool:
        return bool(self._open().is_from_own_page(request._inner))

    def _open(self) -> Any:
        self._client._open()
        follow_level()
        return self._inner

    def _call(self, function: Callable[..., object], *arguments: object) -> None:
        """Calls what the application gave, in a program without an event loop."""
        result = function(*arguments)
        if inspect.isawaitable(result):
            asyncio.run(awaited(result))

    async def _acall(self, function: Callable[..., object], *arguments: object) -> None:
        """The same beside an event loop, which must not wait for what is not ``async``."""
        if inspect.iscoroutinefunction(function):
            await function(*arguments)
            return
        result = await asyncio.to_thread(function, *arguments)
        if inspect.isawaitable(result):
            await result


@final
class WebHandlers(Handlers[WebRequest]):
    """The handlers of a web server that connects sellers, for a framework that has none of its own here.

    ``callback`` and ``webhook`` wait; ``acallback`` and ``awebhook`` are for asyncio.
    """

    __slots__ = ()

    def connect(self, request: WebRequest) -> WebResponse:
        """Serve *connect*: send the seller to Square, or ask first where another site brought them."""
        return self._connect(request)

    def callback(self, request: WebRequest) -> WebResponse:
        """Serve *callback*: check, exchange the code, store the tokens."""
        return self._callback(request, request)

    async def acallback(self, request: WebRequest) -> WebResponse:
        """Serve *callback*. The exchange goes on if this is cancelled, as it is when the browser hangs up."""
        return await self._acallback(request, request)

    def webhook(self, request: WebRequest) -> WebResponse:
        """Serve *webhook*: 204 if it is Square's; 400, 401 or 413 if it is not."""
        return self._webhook(request)

    async def awebhook(self, request: WebRequest) -> WebResponse:
        """Serve *webhook*: 204 if it is Square's; 400, 401 or 413 if it is not."""
        return await self._awebhook(request)

    def is_from_own_page(self, request: WebRequest) -> bool:
        """Whether a request that changes something comes from one of your own pages: what *disconnect* and any other
        button of yours has to ask before it acts. Answer anything else with 403."""
        return self._is_from_own_page(request)


async def awaited(result: Any) -> None:
    """A coroutine out of anything that can be awaited."""
    await result


def _answered(answer: Any) -> WebResponse:
    """Sellers read pages, you read codes."""
    if answer.error is not None:
        error: OAuthError = translate(answer.error)
        level = logging.ERROR if answer.outcome == ffi.Outcome.FAILED else logging.INFO
        logger.log(level, "a request was refused: %s code=%s", error, error.code, extra={"error_code": error.code})
    return WebResponse._of(answer.response)


def _not_stored(error: Exception, connected: Any) -> WebResponse:
    # Without its message: databases put the values that they were given into theirs.
    where = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    logger.error("on_connected raised %s, and the tokens may be lost\n%s", type(error).__qualname__, where)
    return WebResponse._of(connected.failed())
