"""A user's program that goes through all that can fail, as type checkers see it."""

from __future__ import annotations

import sys

from square_oauth import (
    SIGNATURE_HEADER,
    Authorization,
    Configuration,
    Denied,
    InternalError,
    InvalidCall,
    InvalidCallback,
    InvalidInput,
    InvalidWebhook,
    OAuthClient,
    OAuthError,
    ProtocolError,
    RateLimited,
    ReauthorizationRequired,
    Rejected,
    StoreError,
    TransportError,
    Unavailable,
    WebhookEvent,
    Webhooks,
)

if sys.version_info >= (3, 11):
    from typing import assert_type
else:
    from typing_extensions import assert_type


def start(square: OAuthClient) -> Authorization:
    authorization = square.authorize(scopes=["PAYMENTS_READ"], session=True, locale="en-US")
    assert_type(authorization.url, str)
    assert_type(authorization.pending, str)
    return authorization


def finish(square: OAuthClient, url: str, pending: str | None) -> str:
    try:
        return square.complete(url, pending).merchant_id
    except (Denied, InvalidCallback, ReauthorizationRequired) as error:
        assert_type(error.code, str)
        return "Please start again."
    except (RateLimited, Unavailable, TransportError) as error:
        assert_type(error.retryable, bool)
        assert_type(error.request_may_have_arrived, bool)
        return "Please try again later."
    except (Configuration, InvalidInput, Rejected, ProtocolError, StoreError, InternalError) as error:
        assert_type(error.kind, str)
        return f"This is ours to repair: {error.code}"


def deliver(webhooks: Webhooks, body: bytes, headers: dict[str, str]) -> WebhookEvent | int:
    assert_type(SIGNATURE_HEADER, str)
    try:
        return webhooks.verify(body, headers.get(SIGNATURE_HEADER))
    except InvalidWebhook as error:
        return 401 if error.code == "signature_mismatch" else 400


def misuse(error: TypeError) -> str | None:
    return error.field if isinstance(error, InvalidCall) else None


def said(error: Exception) -> str | None:
    return error.code if isinstance(error, OAuthError) else None
