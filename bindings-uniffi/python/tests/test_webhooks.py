"""Deliveries, as bytes of every kind."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timezone
from typing import Any

import pytest

from square_oauth import (
    SIGNATURE_HEADER,
    AuthorizationRevoked,
    InvalidInput,
    InvalidWebhook,
    Secret,
    Subscription,
    WebhookEvent,
    Webhooks,
)

URL, KEY = "https://example.com/square", "a-signature-key"
BODY = json.dumps(
    {
        "merchant_id": "MLEFBHHSJGVHD",
        "type": "oauth.authorization.revoked",
        "event_id": "e-1",
        "created_at": "2026-01-01T00:00:01Z",
        "data": {"object": {"revocation": {"revoked_at": "2026-01-01T00:00:00Z", "revoker_type": "MERCHANT"}}},
    }
).encode()


def sign(body: bytes, key: str = KEY, url: str = URL) -> str:
    digest = hmac.new(key.encode(), url.encode() + body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
@pytest.mark.parametrize("header", [str, str.encode])
def test_a_delivery_is_verified_and_read(kind: Any, header: Any) -> None:
    webhooks = Webhooks(notification_url=URL, signature_key=Secret(KEY))
    event = webhooks.verify(kind(BODY), header(sign(BODY)))
    assert event == AuthorizationRevoked(
        0,
        "oauth.authorization.revoked",
        "e-1",
        datetime(2026, 1, 1, 0, 0, 1, tzinfo=timezone.utc),
        "MLEFBHHSJGVHD",
        datetime(2026, 1, 1, tzinfo=timezone.utc),
        "MERCHANT",
    )
    assert isinstance(event, WebhookEvent)


def test_several_subscriptions_say_which_one_it_was() -> None:
    webhooks = Webhooks([Subscription(URL, "another-key"), Subscription(notification_url=URL, signature_key=KEY)])
    body = b'{"type":"payment.created","event_id":"e-2","merchant_id":"M"}'
    event = webhooks.verify(body, sign(body))
    assert event == WebhookEvent(1, "payment.created", "e-2", None, "M")
    assert not isinstance(event, AuthorizationRevoked)


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        (None, "signature_missing"),
        ("", "signature_missing"),
        ("no", "signature_malformed"),
        ("A" * 27 + "=", "signature_malformed"),
        ("\ud800", "signature_malformed"),
        (b"\xff" * 44, "signature_malformed"),
        (sign(BODY, key="wrong"), "signature_mismatch"),
        (sign(BODY, url=URL + "/"), "signature_mismatch"),
    ],
)
def test_what_is_not_squares_says_why(signature: Any, code: str) -> None:
    with pytest.raises(InvalidWebhook) as refused:
        Webhooks(notification_url=URL, signature_key=KEY).verify(BODY, signature)
    assert refused.value.code == code


@pytest.mark.parametrize("body", [BODY.decode(), json.loads(BODY), None, [1]])
def test_a_body_that_was_parsed_or_decoded_is_told_apart(body: Any) -> None:
    with pytest.raises(TypeError, match="raw body"):
        Webhooks(notification_url=URL, signature_key=KEY).verify(body, sign(BODY))


def test_a_subscription_that_lacks_something_is_refused() -> None:
    for options, field in (
        ({}, "notification_url"),
        ({"notification_url": URL}, "signature_key"),
        ({"notification_url": URL, "signature_key": KEY + "\n"}, "signature_key"),
    ):
        with pytest.raises(InvalidInput) as refused:
            Webhooks(**options)  # type: ignore[arg-type]
        assert refused.value.field == field


def test_the_header_has_its_name() -> None:
    assert SIGNATURE_HEADER.lower() == "x-square-hmacsha256-signature"
