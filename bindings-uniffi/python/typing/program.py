"""A user's program, as type checkers see it."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta, timezone

from square_oauth import (
    AsyncOAuthClient,
    AuthorizationRevoked,
    Callback,
    Denied,
    Environment,
    ManualClock,
    OAuthClient,
    OAuthError,
    ReauthorizationRequired,
    Secret,
    SquareError,
    Subscription,
    Tokens,
    TokenStatus,
    WebhookEvent,
    Webhooks,
    attempt,
)

if sys.version_info >= (3, 11):
    from typing import assert_type
else:
    from typing_extensions import assert_type

ID, SECRET = os.environ.get("SQUARE_APPLICATION_ID"), os.environ.get("SQUARE_APPLICATION_SECRET")


async def waited(session: dict[str, str], url: str) -> Tokens:
    async with AsyncOAuthClient(ID, SECRET, environment="sandbox") as square:
        assert_type(square, AsyncOAuthClient)
        authorization = square.authorize(scopes=["PAYMENTS_READ"])
        session[authorization.attempt] = authorization.pending
        assert_type(attempt(url), str)
        tokens = await square.complete(url, session.pop(attempt(url), None))
        assert_type(tokens, Tokens)
        assert_type(tokens.expires_at, datetime)
        assert_type(tokens.refresh_token, Secret | None)
        assert_type(tokens.access_token.expose(), str)
        assert_type(await square.obtain_token(refresh_token=tokens.refresh_token, scopes={"ITEMS_READ"}), Tokens)
        assert_type(await square.obtain_token(callback=Callback.unchecked("sq0cgb-x"), use_jwt=True), Tokens)
        assert_type(await square.obtain_token(migration_token="x"), Tokens)
        status = await square.retrieve_token_status(tokens.access_token)
        assert_type(status, TokenStatus)
        assert_type(status.expires_at, datetime | None)
        assert_type(status.scopes, tuple[str, ...])
        await square.revoke_token(all=tokens.merchant_id)
        await square.check_application()
    return tokens


def blocking(url: str, pending: str | None) -> TokenStatus:
    clock = ManualClock(datetime.now(timezone.utc))
    environment = Environment("http://127.0.0.1:4010").authorize_at("http://localhost:4010")
    with OAuthClient.public(ID, environment=environment, timeout=timedelta(seconds=5), clock=clock) as square:
        assert_type(square, OAuthClient)
        callback = square.check_callback(url, pending)
        try:
            tokens = square.obtain_token(callback=callback, short_lived=True)
        except (Denied, ReauthorizationRequired) as error:
            assert_type(error.errors, tuple[SquareError, ...])
            raise
        except OAuthError as error:
            assert_type(error.retry_after, timedelta | None)
            assert_type(error.field, str | None)
            assert_type(error.http_status, int | None)
            raise
        square.revoke_token(only=tokens.access_token)
        return square.retrieve_token_status(tokens.access_token)


def delivery(body: bytes, signature: str | None) -> datetime | None:
    key = Secret("signature-key")
    webhooks = Webhooks([Subscription("https://example.com/square", key)])
    event = webhooks.verify(body, signature)
    if isinstance(event, AuthorizationRevoked):
        assert_type(event.revoker_type, str)
        return event.revoked_at
    assert_type(event, WebhookEvent)
    return event.created_at
