"""Square: the client, and what happens when a seller connects or disconnects."""

from __future__ import annotations

import logging
from datetime import datetime, timezone

from django.conf import settings
from django.http import HttpRequest

from shop.connections import Connection, connections
from square_oauth import AuthorizationRevoked, OAuthClient, Tokens, WebhookEvent, Webhooks
from square_oauth.web import Pages
from square_oauth.web.django import WebHandlers

WEBHOOK = "/webhooks/square"

log = logging.getLogger(__name__)


def on_connected(tokens: Tokens, request: HttpRequest) -> None:
    """Store the tokens; start your own jobs.

    It may be called twice for one seller, who clicks again or has two tabs open, so it puts what is new in place of
    what was there. With a login, `request.user` is whose seller this is.
    """
    log.info("%s connected", tokens.merchant_id)
    now = datetime.now(timezone.utc)
    connections.put(Connection(tokens, connected_at=now, refreshed_at=now))


def on_event(event: WebhookEvent) -> None:
    """Square says that something has happened, above all that a seller has disconnected."""
    if not isinstance(event, AuthorizationRevoked) or event.merchant_id is None:
        return
    # Deliveries repeat, and come out of order: a seller who has disconnected and connected again must not lose the new
    # connection to a delivery about the old one.
    connection = connections.find(event.merchant_id)
    is_old_news = connection and event.revoked_at and event.revoked_at < connection.connected_at
    if connections.is_new(event.event_id) and not is_old_news and connections.remove(event.merchant_id):
        log.info("%s was disconnected by %s", event.merchant_id, event.revoker_type)


# One for the whole program: every thread, and every process that is forked from it, may use it.
square = OAuthClient(
    settings.SQUARE_APPLICATION_ID,
    settings.SQUARE_APPLICATION_SECRET,
    environment=settings.SQUARE_ENVIRONMENT,
)
key = settings.SQUARE_WEBHOOK_SIGNATURE_KEY
handlers = WebHandlers(
    square,
    public_url=settings.PUBLIC_URL,
    # Ask for as little as your application needs.
    scopes=["MERCHANT_PROFILE_READ", "PAYMENTS_READ"],
    on_connected=on_connected,
    webhooks=Webhooks(notification_url=settings.PUBLIC_URL + WEBHOOK, signature_key=key) if key else None,
    on_event=on_event,
    return_to="/status",
    pages=Pages(back_label="Your status"),
)
