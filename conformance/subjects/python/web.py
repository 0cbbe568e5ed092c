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

from stories import CONTROL, HANDLED, Stories

FRAMEWORK = sys.argv[2]


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
        status, shown = await asyncio.to_thread(stories.control, request.url.path, await request.body())
        return JSONResponse(shown, status)

    async def handled(request: Request) -> Response:
        response: Response = await getattr(stories.handlers, request.url.path[1:])(request)
        return response

    methods = ["GET", "HEAD", "POST"]
    routes = [Route(path, controlled, methods=methods) for path in CONTROL]
    return Starlette(routes=routes + [Route(path, handled, methods=methods) for path in HANDLED])


def flask() -> Any:
    from flask import Flask, Response, request

    app = Flask(__name__)

    def controlled() -> tuple[dict[str, Any], int]:
        status, shown = stories.control(request.path, request.get_data())
        return shown, status

    def handled() -> Response:
        response: Response = getattr(stories.handlers, request.path[1:])()
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
        status, shown = stories.control(request.path, request.body)
        return JsonResponse(shown, status=status)

    # As in a project's urls.py: each handler is the view. They are made anew for each story.
    def view(name: str) -> Any:
        def sync(request: HttpRequest) -> Any:
            return getattr(stories.handlers, name)(request)

        async def wait(request: HttpRequest) -> Any:
            return await getattr(stories.handlers, name)(request)

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

LISTENER = socket.create_server(("127.0.0.1", 0), backlog=128)
stories = Stories(HANDLERS, LISTENER.getsockname()[1], FRAMEWORK)
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
print(json.dumps(stories.first_line), flush=True)
sys.stdin.read()
os._exit(0)
