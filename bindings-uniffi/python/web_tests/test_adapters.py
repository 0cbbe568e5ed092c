"""What each framework's adapter adds: everything else is the judge's to see, by the scenarios of every language."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

import square_oauth as so
from conftest import SCOPES, Emulator

HERE = "http://localhost:3000"
TOO_LARGE = b"x" * (3 * 1024 * 1024)
# Status, and the values of each header by its name in lower case.
Answer = tuple[int, dict[str, list[str]]]
Send = Callable[..., Answer]


def options(**more: Any) -> dict[str, Any]:
    webhooks = so.Webhooks(notification_url=f"{HERE}/webhook", signature_key="a-key")
    given = {"public_url": HERE, "scopes": SCOPES, "on_connected": print, "webhooks": webhooks, "on_event": print}
    return {**given, **more}


def grouped(pairs: Any) -> dict[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for name, value in pairs:
        headers.setdefault(name.lower(), []).append(value)
    return headers


def starlette(emulator: Emulator, **more: Any) -> Send:
    from starlette.applications import Starlette
    from starlette.routing import Route

    from square_oauth.web.starlette import WebHandlers

    web = WebHandlers(emulator.client(), **options(**more))
    paths = {"/connect": web.connect, "/callback": web.callback, "/webhook": web.webhook}
    app = Starlette(routes=[Route(path, view, methods=["GET", "POST"]) for path, view in paths.items()])

    def send(method: str, path: str, headers: dict[str, bytes], body: bytes = b"") -> Answer:
        pieces = [body[at : at + 65536] for at in range(0, len(body), 65536)] or [b""]
        sent: list[Any] = []

        async def receive() -> Any:
            piece = pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

        async def answer(message: Any) -> None:
            sent.append(message)

        raw = [(name.encode(), value) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw}
        asyncio.run(app(scope, receive, answer))
        got = grouped((name.decode(), value.decode()) for name, value in sent[0]["headers"])
        return sent[0]["status"], got

    return send


def flask(emulator: Emulator, **more: Any) -> Send:
    from flask import Flask

    from square_oauth.web.flask import WebHandlers

    web = WebHandlers(emulator.client(), **options(**more))
    app = Flask(__name__)
    for path, view in {"/connect": web.connect, "/callback": web.callback, "/webhook": web.webhook}.items():
        app.add_url_rule(path, path, view, methods=["GET", "POST"])

    def send(method: str, path: str, headers: dict[str, bytes], body: bytes = b"") -> Answer:
        given = {name: value.decode("latin-1") for name, value in headers.items()}
        answer = app.test_client(use_cookies=False).open(path, method=method, headers=given, data=body)
        return answer.status_code, grouped(answer.headers.items())

    return send


def django(emulator: Emulator, **more: Any) -> Send:
    from django.conf import settings

    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=(), SECRET_KEY="x", LOGGING_CONFIG=None)
        import django as package

        package.setup()
    from django.test import Client, override_settings
    from django.urls import path as route

    from square_oauth.web.django import WebHandlers

    web = WebHandlers(emulator.client(), **options(**more))
    views: dict[str, Any] = {
        "connect": web.connect,
        "callback": web.callback,
        "webhook": web.webhook,
        "awebhook": web.awebhook,
    }
    urls = tuple(route(name, view) for name, view in views.items())
    csrf = ["django.middleware.csrf.CsrfViewMiddleware"]

    def send(method: str, path: str, headers: dict[str, bytes], body: bytes = b"") -> Answer:
        given = {f"HTTP_{name.upper().replace('-', '_')}": value.decode("latin-1") for name, value in headers.items()}
        with override_settings(ROOT_URLCONF=urls, MIDDLEWARE=csrf):
            # Its own check against foreign forms is on: the handlers have to be free of it.
            client = Client(enforce_csrf_checks=True)
            answer = client.generic(method, path, body, "application/json", **given)
        cookies = [("set-cookie", morsel.OutputString()) for morsel in answer.cookies.values()]
        return answer.status_code, grouped([*answer.items(), *cookies])

    return send


frameworks = pytest.mark.parametrize("framework", [starlette, flask, django])


@frameworks
def test_a_header_that_is_no_text_counts_and_breaks_nothing(emulator: Emulator, framework: Any) -> None:
    send = framework(emulator)
    status, headers = send(
        "GET", "/connect", {"sec-fetch-site": b"cross-\xff\xfesite", "cookie": b"a=\xff; b=\xc3\x28"}
    )
    assert status == 200 and "frame-ancestors" in headers["content-security-policy"][0]


@frameworks
def test_each_cookie_and_each_header_comes_as_it_is(emulator: Emulator, framework: Any) -> None:
    send = framework(emulator)
    four = "; ".join(f"sqa_{letter * 16}=sqp1.x~1~" for letter in "abcd").encode()
    status, headers = send("GET", "/connect", {"cookie": four})
    assert status == 303
    # The oldest two go, so that three stay with the new one.
    cleared = [cookie for cookie in headers["set-cookie"] if "max-age=0" in cookie.lower()]
    kept = [cookie for cookie in headers["set-cookie"] if cookie not in cleared]
    assert len(cleared) == 2 and len(kept) == 1
    name, _, rest = kept[0].partition("=")
    assert name.startswith("sqa_") and rest.startswith("sqp1.") and "~1~%2F;" in rest
    for attribute in ("httponly", "samesite=lax", "path=/", "max-age=3600"):
        assert attribute in kept[0].lower()
    assert headers["cache-control"] == ["no-store"] and headers["referrer-policy"] == ["no-referrer"]
    status, headers = send("GET", "/callback", {})
    assert (status, headers["location"]) == (303, ["/callback?outcome=over"])


@frameworks
def test_a_delivery_without_end_is_not_read_to_its_end(emulator: Emulator, framework: Any) -> None:
    signature = {"x-square-hmacsha256-signature": b"A" * 43 + b"="}
    send = framework(emulator)
    assert send("POST", "/webhook", signature, TOO_LARGE)[0] == 413
    assert send("POST", "/webhook", signature, b"{}")[0] == 401
    if framework is django:
        assert send("POST", "/awebhook", signature, TOO_LARGE)[0] == 413
        assert send("POST", "/awebhook", signature, b"{}")[0] == 401


@frameworks
def test_a_button_of_our_own_page_starts(emulator: Emulator, framework: Any) -> None:
    send = framework(emulator)
    assert send("POST", "/connect", {"sec-fetch-site": b"same-origin"})[0] == 303
    assert send("POST", "/connect", {"sec-fetch-site": b"cross-site"})[0] == 200
    assert send("POST", "/connect", {"origin": HERE.encode()})[0] == 303
