"""The status page and its two buttons. Django's own check keeps foreign forms from pressing them."""

from __future__ import annotations

import logging
from datetime import datetime, timezone

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shop.connections import Connection, connections
from shop.square import square
from square_oauth import OAuthError, ReauthorizationRequired

log = logging.getLogger(__name__)


@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """What is connected: not what we believe, but what Square says."""
    sellers = [{"connection": one, "standing": standing(one)} for one in connections.all()]
    return render(request, "status.html", {"sellers": sellers})


def standing(connection: Connection) -> str:
    try:
        found = square.retrieve_token_status(connection.tokens.access_token)
        return f"Connected. Permissions: {', '.join(found.scopes)}."
    except OAuthError as error:
        if error.code == "access_token_rejected":
            return "Square does not take the access token any more. Refresh it, or connect again."
        log.warning("status could not be had: %s code=%s", error, error.code)
        return "Square could not be asked just now."


@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """The button "Refresh now".

    A real application refreshes every seller at least every seven days, used or not, from a job: an access token lives
    thirty days, and one that is only refreshed at its end leaves no time to find out that refreshing fails.
    """
    connection = connections.find(request.POST.get("merchant_id", ""))
    if connection is None or connection.tokens.refresh_token is None:
        return redirect(status)
    try:
        tokens = square.obtain_token(refresh_token=connection.tokens.refresh_token)
        connections.refreshed(tokens, datetime.now(timezone.utc))
    except ReauthorizationRequired as error:
        # This grant is dead: only the seller can bring it back.
        log.warning("%s has to connect again: %s", connection.tokens.merchant_id, error.code)
        connections.remove(connection.tokens.merchant_id)
    except OAuthError as error:
        log.error("refreshing failed: %s code=%s", error, error.code)
        told = {"title": "Square did not refresh the connection", "text": "It stays as it is. Please try again later."}
        return render(request, "notice.html", told, status=502)
    return redirect(status)


@require_POST
def disconnect(request: HttpRequest) -> HttpResponse:
    """The button "Disconnect": first at Square, then here. The other way round, a failure would leave tokens alive that
    nobody holds any more."""
    merchant_id = request.POST.get("merchant_id", "")
    # Only what is ours to end; a real application asks whether it is this account's.
    if connections.find(merchant_id) is None:
        return redirect(status)
    try:
        square.revoke_token(all=merchant_id)
    except OAuthError as error:
        # Already gone at Square is what was wanted.
        if error.code != "token_not_found":
            log.error("disconnecting failed: %s code=%s", error, error.code)
            told = {"title": "We could not disconnect you", "text": "You are still connected. Please try again."}
            return render(request, "notice.html", told, status=502)
    connections.remove(merchant_id)
    return redirect(status)
