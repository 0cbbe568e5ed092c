"""The handlers for Flask."""

from __future__ import annotations

from typing import cast, final

from flask import Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.local import LocalProxy

from square_oauth.web._handlers import Handlers
from square_oauth.web._messages import WebRequest, WebResponse

__all__ = ["WebHandlers"]

# So much is read; what the library takes is less.
_LARGEST = 2 * 1024 * 1024


@final
class WebHandlers(Handlers[Request]):
    """``connect``, ``callback`` and ``webhook`` as view functions."""

    __slots__ = ()

    def connect(self) -> Response:
        """Serve *connect*, by ``GET`` and ``POST``: send the seller to Square, or ask first."""
        return _send(self._connect(_take(_body())))

    def callback(self) -> Response:
        """Serve *callback*, by ``GET``: check, exchange the code, store the tokens."""
        # Not the name that stands for whichever request is on: it may be used later, or elsewhere.
        here = cast("LocalProxy[Request]", request)._get_current_object()
        return _send(self._callback(_take(), here))

    def webhook(self) -> Response:
        """Serve *webhook*, by ``POST``: 204 if it is Square's; 400, 401 or 413 if it is not."""
        return _send(self._webhook(_take(_body())))

    def is_from_own_page(self) -> bool:
        """Whether a request that changes something comes from one of your own pages: what *disconnect* and any other
        button of yours has to ask before it acts. Answer anything else with 403."""
        return self._is_from_own_page(_take())


def _body() -> bytes:
    if (request.content_length or 0) > _LARGEST:
        raise RequestEntityTooLarge
    return request.get_data()


def _take(body: bytes = b"") -> WebRequest:
    target = f"{request.path}?{request.query_string.decode('utf-8', 'replace')}"
    return WebRequest(request.method, target, request.headers.items(), body)


def _send(answer: WebResponse) -> Response:
    response = Response(answer.body, answer.status)
    for name in {name for name, _ in answer.headers}:
        response.headers.remove(name)
    for name, value in answer.headers:
        response.headers.add(name, value)
    return response
