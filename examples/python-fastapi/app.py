"""A web server that connects Square sellers, small enough to read in one sitting.

Left out: your own login. A real application knows who is asking before any of this runs, and stores each seller under
that account.
"""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import datetime, timezone
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

import pages
from connections import Connection, Connections
from square_oauth import (
    AsyncOAuthClient,
    AuthorizationRevoked,
    OAuthError,
    ReauthorizationRequired,
    Tokens,
    WebhookEvent,
    Webhooks,
)
from square_oauth.web import Pages
from square_oauth.web.starlette import WebHandlers

PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:3000").rstrip("/")
WEBHOOK = "/webhooks/square"
WEBHOOK_KEY = os.environ.get("SQUARE_WEBHOOK_SIGNATURE_KEY")

logging.basicConfig(level=logging.INFO)
log = logging.getLogger("example")
app = FastAPI(openapi_url=None)
connections = Connections()


async def on_connected(tokens: Tokens, request: Request) -> None:
    """Store the tokens; start your own jobs.

    It may be called twice for one seller, who clicks again or has two tabs open, so it puts what is new in place of
    what was there. With a login, `request` knows whose seller this is.
    """
    log.info("%s connected", tokens.merchant_id)
    now = datetime.now(timezone.utc)
    connections.put(Connection(tokens, connected_at=now, refreshed_at=now))


async def on_event(event: WebhookEvent) -> None:
    """Square says that something has happened, above all that a seller has disconnected."""
    if not isinstance(event, AuthorizationRevoked) or event.merchant_id is None:
        return
    # Deliveries repeat, and come out of order: a seller who has disconnected and connected again must not lose the new
    # connection to a delivery about the old one.
    connection = connections.find(event.merchant_id)
    is_old_news = connection and event.revoked_at and event.revoked_at < connection.connected_at
    if connections.is_new(event.event_id) and not is_old_news and connections.remove(event.merchant_id):
        log.info("%s was disconnected by %s", event.merchant_id, event.revoker_type)


# One for the whole program: any number of requests at once may use it.
square = AsyncOAuthClient(
    os.environ.get("SQUARE_APPLICATION_ID"),
    os.environ.get("SQUARE_APPLICATION_SECRET"),
    environment=os.environ.get("SQUARE_ENVIRONMENT", ""),
)
handlers = WebHandlers(
    square,
    public_url=PUBLIC_URL,
    # Ask for as little as your application needs.
    scopes=["MERCHANT_PROFILE_READ", "PAYMENTS_READ"],
    on_connected=on_connected,
    webhooks=Webhooks(notification_url=PUBLIC_URL + WEBHOOK, signature_key=WEBHOOK_KEY) if WEBHOOK_KEY else None,
    on_event=on_event,
    return_to="/status",
    pages=Pages(back_label="Your status"),
)


@app.api_route("/connect", methods=["GET", "HEAD", "POST"])
async def connect(request: Request) -> Response:
    return await handlers.connect(request)


@app.api_route("/callback", methods=["GET", "HEAD"])
async def callback(request: Request) -> Response:
    return await handlers.callback(request)


@app.post(WEBHOOK)
async def webhook(request: Request) -> Response:
    return await handlers.webhook(request)


@app.get("/")
async def home() -> Response:
    return RedirectResponse("/status", 303)


@app.get("/status")
async def status() -> Response:
    """What is connected: not what we believe, but what Square says."""
    sellers = connections.all()
    standings = await asyncio.gather(*[standing(one) for one in sellers])
    return HTMLResponse(pages.status(list(zip(sellers, standings, strict=True))), headers=pages.HEADERS)


async def standing(connection: Connection) -> str:
    try:
        found = await square.retrieve_token_status(connection.tokens.access_token)
        return f"Connected. Permissions: {', '.join(found.scopes)}."
    except OAuthError as error:
        if error.code == "access_token_rejected":
            return "Square does not take the access token any more. Refresh it, or connect again."
        log.warning("status could not be had: %s code=%s", error, error.code)
        return "Square could not be asked just now."


@app.post("/refresh")
async def refresh(request: Request, merchant_id: Annotated[str, Form()]) -> Response:
    """The button "Refresh now".

    A real application refreshes every seller at least every seven days, used or not, from a job: an access token lives
    thirty days, and one that is only refreshed at its end leaves no time to find out that refreshing fails.
    """
    if not handlers.is_from_own_page(request):
        return HTMLResponse(pages.NOT_FROM_HERE, 403, pages.HEADERS)
    connection = connections.find(merchant_id)
    if connection is not None and connection.tokens.refresh_token is not None:
        try:
            tokens = await square.obtain_token(refresh_token=connection.tokens.refresh_token)
            connections.refreshed(tokens, datetime.now(timezone.utc))
        except ReauthorizationRequired as error:
            # This grant is dead: only the seller can bring it back.
            log.warning("%s has to connect again: %s", merchant_id, error.code)
            connections.remove(merchant_id)
        except OAuthError as error:
            log.error("refreshing failed: %s code=%s", error, error.code)
            return HTMLResponse(pages.NOT_REFRESHED, 502, pages.HEADERS)
    return RedirectResponse("/status", 303)


@app.post("/disconnect")
async def disconnect(request: Request, merchant_id: Annotated[str, Form()]) -> Response:
    """The button "Disconnect": first at Square, then here. The other way round, a failure would leave tokens alive that
    nobody holds any more."""
    if not handlers.is_from_own_page(request):
        return HTMLResponse(pages.NOT_FROM_HERE, 403, pages.HEADERS)
    # Only what is ours to end; a real application asks whether it is this account's.
    if connections.find(merchant_id) is not None:
        try:
            await square.revoke_token(all=merchant_id)
        except OAuthError as error:
            # Already gone at Square is what was wanted.
            if error.code != "token_not_found":
                log.error("disconnecting failed: %s code=%s", error, error.code)
                return HTMLResponse(pages.NOT_DISCONNECTED, 502, pages.HEADERS)
        connections.remove(merchant_id)
    return RedirectResponse("/status", 303)
