"""The handlers for Starlette and FastAPI."""

from __future__ import annotations

from typing import final

from starlette.requests import Request
from starlette.responses import Response

from square_oauth.web._handlers import Handlers
from square_oauth.web._messages import WebRequest, WebResponse

__all__ = ["WebHandlers"]

# So much is read; what the library takes is less.
_LARGEST = 2 * 1024 * 1024


@final
class WebHandlers(Handlers[Request]):
    """``connect``, ``callback`` and ``webhook`` as endpoints, each with a request in and a response out."""

    __slots__ = ()

    async def connect(self, request: Request) -> Response:
        """Serve *connect*, by ``GET`` and ``POST``: send the seller to Square, or ask first."""
        return _send(self._connect(_take(request, await _body(request))))

    async def callback(self, request: Request) -> Response:
        """Serve *callback*, by ``GET``. The exchange goes on if the browser hangs up."""
        return _send(await self._acallback(_take(request), request))

    async def webhook(self, request: Request) -> Response:
        """Serve *webhook*, by ``POST``: 204 if it is Square's; 400, 401 or 413 if it is not."""
        return _send(await self._awebhook(_take(request, await _body(request))))

    def is_from_own_page(self, request: Request) -> bool:
        """Whether a request that changes something comes from one of your own pages: what *disconnect* and any other
        button of yours has to ask before it acts. Answer anything else with 403."""
        return self._is_from_own_page(_take(request))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) >= _LARGEST:
            break
    return bytes(body)


def _take(request: Request, body: bytes = b"") -> WebRequest:
    headers = [(_text(name), _text(value)) for name, value in request.headers.raw]
    target = f"{request.scope['path']}?{_text(request.scope['query_string'])}"
    return WebRequest(request.method, target, headers, body)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _send(answer: WebResponse) -> Response:
    response = Response(answer.body, answer.status)
    for name, value in answer.headers:
        response.headers.append(name, value)
    return response
