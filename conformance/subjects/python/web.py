"""The same subject with the package's web handlers, served by a framework.

python web.py OAuthClient|AsyncOAuthClient starlette|flask|django|django-async
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
from typing import Any

import square_oauth as so
from subject import CLIENT, EPOCH, MILLISECOND, answered, first_line, only, where

FRAMEWORK = sys.argv[2]
CONTROL = ("/", "/call", "/web", "/clock")


class Web:
    """The handlers that were made last, and what they connected."""

    handlers: Any = None
    clock: so.ManualClock
    connected: dict[str, so.Tokens]


def make(new: dict[str, Any]) -> None:
    only(new, "config", "now_ms", "webhook_signature_key")
    config = only(new["config"], "environment", "insecure_environment", "application_id", "application_secret")
    Web.clock = so.ManualClock(EPOCH + new["now_ms"] * MILLISECOND)
    square = CLIENT(config["application_id"], config["application_secret"], environment=where(config), clock=Web.clock)
    subscription = {"notification_url": f"{BASE_URL}/webhook", "signature_key": new["webhook_signature_key"]}
    Web.connected = {}
    Web.handlers = HANDLERS(
        square,
        public_url=BASE_URL,
        scopes=["MERCHANT_PROFILE_READ", "PAYMENTS_READ"],
        on_connected=connected,
        webhooks=so.Webhooks(**subscription),
        on_event=happened,
    )


async def connected(tokens: so.Tokens, request: Any) -> None:
    Web.connected[tokens.merchant_id] = tokens


def happened(event: so.WebhookEvent) -> None:
    if isinstance(event, so.AuthorizationRevoked):
        Web.connected.pop(event.merchant_id or "", None)


def control(path: str, body: bytes) -> tuple[int, dict[str, Any]]:
    if path == "/":
        return 200, FIRST_LINE
    if path == "/call":
        return answered(body)
    if path == "/web":
        make(json.loads(body))
    else:
        Web.clock.set(EPOCH + json.loads(body)["now_ms"] * MILLISECOND)
    return 200, {}


def serve_asgi(app: Any) -> None:
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", lifespan="off")
    threading.Thread(target=uvicorn.Server(config).run, args=([LISTENER],), daemon=True).start()


def serve_wsgi(app: Any) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_request(self, *_: object) -> None:
            pass

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet, fd=LISTENER.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()


def starlette() -> Any:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    async def controlled(request: Request) -> Response:
        status, shown = await asyncio.to_thread(control, request.url.path, await request.body())
        return JSONResponse(shown, status)

    async def handled(request: Request) -> Response:
        response: Response = await getattr(Web.handlers, request.url.path[1:])(request)
        return response

    methods = ["GET", "HEAD", "POST"]
    routes = [Route(path, controlled, methods=methods) for path in CONTROL]
    return Starlette(routes=routes + [Route(path, handled, methods=methods) for path in HANDLED])


def flask() -> Any:
    from flask import Flask, Response, request

    app = Flask(__name__)

    def controlled() -> tuple[dict[str, Any], int]:
        status, shown = control(request.path, request.get_data())
        return shown, status

    def handled() -> Response:
        response: Response = getattr(Web.handlers, request.path[1:])()
        return response

    for path in CONTROL:
        app.add_url_rule(path, "controlled", controlled, methods=["GET", "POST"])
    for path in HANDLED:
        app.add_url_rule(path, "handled", handled, methods=["GET", "POST"])
    return app


def django(is_async: bool) -> Any:
    from django.conf import settings
    from django.core.handlers.asgi import ASGIHandler
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse, JsonResponse
    from django.urls import path as route
    from django.views.decorators.csrf import csrf_exempt

    @csrf_exempt
    def controlled(request: HttpRequest) -> HttpResponse:
        status, shown = control(request.path, request.body)
        return JsonResponse(shown, status=status)

    # As in a project's urls.py: each handler is the view. They are made anew for each story.
    def view(name: str) -> Any:
        def sync(request: HttpRequest) -> Any:
            return getattr(Web.handlers, name)(request)

        async def wait(request: HttpRequest) -> Any:
            return await getattr(Web.handlers, name)(request)

        chosen: Any = wait if name.startswith("a") else sync
        chosen.csrf_exempt = getattr(getattr(HANDLERS, name), "csrf_exempt", False)
        return chosen

    names = {"connect": "connect", "callback": "acallback", "webhook": "awebhook"} if is_async else {}
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=tuple(
            [route(path[1:], controlled) for path in CONTROL]
            + [route(path[1:], view(names.get(path[1:], path[1:]))) for path in HANDLED]
        ),
        SECRET_KEY="of a subject that keeps nothing",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        LOGGING_CONFIG=None,
    )
    import django as package

    package.setup()
    return ASGIHandler() if is_async else WSGIHandler()


if FRAMEWORK == "starlette":
    from square_oauth.web.starlette import WebHandlers as HANDLERS
elif FRAMEWORK == "flask":
    from square_oauth.web.flask import WebHandlers as HANDLERS  # type: ignore[assignment]
else:
    from square_oauth.web.django import WebHandlers as HANDLERS  # type: ignore[assignment]

HANDLED = ("/connect", "/callback", "/webhook")
LISTENER = socket.create_server(("127.0.0.1", 0), backlog=128)
FIRST_LINE = {**first_line(LISTENER.getsockname()[1], f", served by {FRAMEWORK}"), "web": True}
BASE_URL = FIRST_LINE["base_url"]
if FRAMEWORK == "starlette":
    serve_asgi(starlette())
elif FRAMEWORK == "flask":
    serve_wsgi(flask())
elif FRAMEWORK == "django":
    serve_wsgi(django(is_async=False))
elif FRAMEWORK == "django-async":
    serve_asgi(django(is_async=True))
else:
    sys.exit(f"no such framework: {FRAMEWORK}")
print(json.dumps(FIRST_LINE), flush=True)
sys.stdin.read()
os._exit(0)
