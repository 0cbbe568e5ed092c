"""A user's web servers, in each framework and in none, as type checkers see them."""

from __future__ import annotations

import sys
from typing import Any

import django.http
import flask
import starlette.requests
import starlette.responses
import starlette.routing
from django.urls import path

from square_oauth import AsyncOAuthClient, OAuthClient, Tokens, WebhookEvent, Webhooks
from square_oauth.web import Page, Pages, WebHandlers, WebRequest, WebResponse
from square_oauth.web.django import WebHandlers as DjangoHandlers
from square_oauth.web.flask import WebHandlers as FlaskHandlers
from square_oauth.web.starlette import WebHandlers as StarletteHandlers

if sys.version_info >= (3, 11):
    from typing import assert_type
else:
    from typing_extensions import assert_type

HERE = "https://app.example"
SCOPES = ["PAYMENTS_READ"]


def none(square: OAuthClient, request: WebRequest) -> WebResponse:
    def on_connected(tokens: Tokens, request: WebRequest) -> None:
        assert_type(tokens.merchant_id, str)

    handlers = WebHandlers(
        square,
        public_url=HERE,
        scopes=SCOPES,
        on_connected=on_connected,
        pages=Pages(declined=Page.at("/declined"), failed=Page("Sorry", "This is ours to repair.")),
    )
    assert_type(handlers.is_from_own_page(request), bool)
    response = handlers.callback(request)
    assert_type(response.status, int)
    assert_type(response.headers, list[tuple[str, str]])
    assert_type(response.body, str)
    return response


async def none_waited(handlers: WebHandlers, request: WebRequest) -> WebResponse:
    assert_type(await handlers.awebhook(request), WebResponse)
    return await handlers.acallback(request)


def in_starlette(square: AsyncOAuthClient, webhooks: Webhooks) -> list[starlette.routing.Route]:
    async def on_connected(tokens: Tokens, request: starlette.requests.Request) -> None:
        request.session["merchant_id"] = tokens.merchant_id

    async def on_event(event: WebhookEvent) -> None:
        assert_type(event.event_id, str)

    handlers = StarletteHandlers(
        square, public_url=HERE, scopes=SCOPES, on_connected=on_connected, webhooks=webhooks, on_event=on_event
    )
    return [
        starlette.routing.Route("/connect", handlers.connect, methods=["GET", "POST"]),
        starlette.routing.Route("/callback", handlers.callback),
        starlette.routing.Route("/webhook", handlers.webhook, methods=["POST"]),
    ]


async def disconnect(handlers: StarletteHandlers, request: starlette.requests.Request) -> starlette.responses.Response:
    return starlette.responses.Response(status_code=204 if handlers.is_from_own_page(request) else 403)


def in_flask(app: flask.Flask, square: OAuthClient) -> None:
    def on_connected(tokens: Tokens, request: flask.Request) -> None:
        flask.session["merchant_id"] = tokens.merchant_id

    handlers = FlaskHandlers(square, public_url=HERE, scopes=SCOPES, on_connected=on_connected)
    app.add_url_rule("/connect", "connect", handlers.connect, methods=["GET", "POST"])
    app.add_url_rule("/callback", "callback", handlers.callback)
    app.add_url_rule("/webhook", "webhook", handlers.webhook, methods=["POST"])


def in_django(square: OAuthClient) -> list[Any]:
    def on_connected(tokens: Tokens, request: django.http.HttpRequest) -> None:
        request.session["merchant_id"] = tokens.merchant_id

    handlers = DjangoHandlers(square, public_url=HERE, scopes=SCOPES, on_connected=on_connected)
    return [
        path("connect", handlers.connect),
        path("callback", handlers.acallback),
        path("webhook", handlers.awebhook),
    ]
