"""An application as gunicorn preloads it, and forks: for WSGI, and for ASGI."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from square_oauth import AsyncOAuthClient, OAuthClient

APPLICATION = (os.environ["ID"], os.environ["SECRET"])
LOADED_IN = os.getpid()

square = OAuthClient(*APPLICATION, environment=os.environ["URL"])
waited = AsyncOAuthClient(*APPLICATION, environment=os.environ["URL"])
# Before the fork, as an application does that checks itself.
square.check_application()
asyncio.run(waited.check_application())


def wsgi(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    square.check_application()
    start_response("200 OK", [("content-type", "application/json")])
    return [who()]


async def asgi(scope: dict[str, Any], receive: object, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    if scope["type"] != "http":
        raise NotImplementedError
    await waited.check_application()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": who()})


def who() -> bytes:
    return json.dumps({"loaded_in": LOADED_IN, "worker": os.getpid()}).encode()
