"""The handlers for Django."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import final

from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from square_oauth.web._handlers import Handlers, awaited
from square_oauth.web._messages import WebRequest, WebResponse

__all__ = ["WebHandlers"]


@final
class WebHandlers(Handlers[HttpRequest]):
    """``connect``, ``callback`` and ``webhook`` as views; ``acallback`` and ``awebhook`` are the async ones.

    Django's own check against foreign forms is off for *connect*, which has one of its own, and for *webhook*, which
    takes what Square has signed.
    """

    __slots__ = ()

    @csrf_exempt
    def connect(self, request: HttpRequest) -> HttpResponse:
        """Serve *connect*, by ``GET`` and ``POST``: send the seller to Square, or ask first."""
        return _send(self._connect(_take(request, request.body)))

    def callback(self, request: HttpRequest) -> HttpResponse:
        """Serve *callback*, by ``GET``: check, exchange the code, store the tokens."""
        return _send(self._callback(_take(request), request))

    async def acallback(self, request: HttpRequest) -> HttpResponse:
        """Serve *callback*, by ``GET``. The exchange goes on if the browser hangs up."""
        return _send(await self._acallback(_take(request), request))

    @csrf_exempt
    def webhook(self, request: HttpRequest) -> HttpResponse:
        """Serve *webhook*, by ``POST``: 204 if it is Square's; 400, 401 or 413 if it is not."""
        try:
            return _send(self._webhook(_take(request, request.body)))
        except RequestDataTooBig:
            return HttpResponse(status=413)

    @csrf_exempt
    async def awebhook(self, request: HttpRequest) -> HttpResponse:
        """Serve *webhook*, by ``POST``: 204 if it is Square's; 400, 401 or 413 if it is not."""
        try:
            return _send(await self._awebhook(_take(request, request.body)))
        except RequestDataTooBig:
            return HttpResponse(status=413)

    def is_from_own_page(self, request: HttpRequest) -> bool:
        """Whether a request that changes something comes from one of your own pages: what *disconnect* and any other
        button of yours has to ask before it acts. Answer anything else with 403."""
        return self._is_from_own_page(_take(request))

    # Django ties database connections to threads, and knows which one is whose.

    def _call(self, function: Callable[..., object], *arguments: object) -> None:
        result = function(*arguments)
        if inspect.isawaitable(result):
            async_to_sync(awaited)(result)

    async def _acall(self, function: Callable[..., object], *arguments: object) -> None:
        if inspect.iscoroutinefunction(function):
            await function(*arguments)
            return
        result = await sync_to_async(function)(*arguments)
        if inspect.isawaitable(result):
            await result


def _take(request: HttpRequest, body: bytes = b"") -> WebRequest:
    target = f"{request.path}?{request.META.get('QUERY_STRING', '')}"
    return WebRequest(request.method or "", target, request.headers.items(), body)


def _send(answer: WebResponse) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers:
        if name == "set-cookie":
            # A response's headers hold each name once; cookies are kept apart.
            response.cookies.load(value)
        else:
            response[name] = value
    return response
