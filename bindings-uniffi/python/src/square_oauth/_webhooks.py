"""Webhook subscriptions, and the events they bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, final

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry
from square_oauth._errors import wrong
from square_oauth._values import Opaque, Secret, secret

SIGNATURE_HEADER: str = ffi.signature_header()
"""The header that holds a delivery's signature."""


@final
class Subscription(Opaque):
    """One webhook subscription, as registered at Square: its ``notification_url`` and its ``signature_key``.

    They are checked by ``Webhooks``, which raises ``InvalidInput``.
    """

    __slots__ = ()

    @entry
    def __init__(self, notification_url: str, signature_key: Secret | str) -> None:
        url = _convert.text(notification_url, "notification_url")
        key = secret(signature_key, "signature_key")
        self._inner = ffi.Subscription(notification_url=url, signature_key=key)


@dataclass(frozen=True)
class WebhookEvent:
    """A verified delivery. Free of secrets."""

    subscription: int
    """Which subscription signed it: its index in the list that ``Webhooks`` was made from."""
    type: str
    """Square's name for what happened, e.g. ``oauth.authorization.revoked``."""
    event_id: str
    """The delivery's ID. Deliveries repeat: act once for each."""
    created_at: datetime | None
    """When the event came about; deliveries also come out of order."""
    merchant_id: str | None
    """The seller it is about."""


@final
@dataclass(frozen=True)
class AuthorizationRevoked(WebhookEvent):
    """``oauth.authorization.revoked``: every token of this application for the seller is gone."""

    revoked_at: datetime | None
    """When it was revoked. An event older than the newest authorization is old news."""
    revoker_type: str
    """Who revoked it: ``APPLICATION``, ``MERCHANT``, ``SQUARE``, or a newer word of Square's."""


@final
class Webhooks(Opaque):
    """Checks webhook deliveries.

    Made from one subscription, by ``notification_url`` (as registered, byte for byte: it is part of what Square
    signs) and ``signature_key``; or from a list of several ``subscriptions``: two environments on one address, or a
    key that is being replaced. Raises ``InvalidInput`` if there is none, or for a URL or key that cannot be one.
    """

    __slots__ = ()

    @entry
    def __init__(
        self,
        subscriptions: Iterable[Subscription] | None = None,
        *,
        notification_url: str | None = None,
        signature_key: Secret | str | None = None,
    ) -> None:
        given = {"notification_url": notification_url, "signature_key": signature_key}
        if subscriptions is None:
            url = _convert.text(notification_url, "notification_url")
            listed = [ffi.Subscription(notification_url=url, signature_key=secret(signature_key, "signature_key"))]
        else:
            for name in [name for name, value in given.items() if value is not None]:
                raise wrong(name, "cannot be given beside a list of subscriptions", unexpected=True)
            each = _convert.listed(subscriptions, "subscriptions", "a list of Subscription")
            listed = [_convert.instance(one, Subscription, "subscriptions")._inner for one in each]
        self._inner = ffi.Webhooks(listed)

    @entry
    def verify(
        self, body: bytes | bytearray | memoryview, signature: str | bytes | None
    ) -> WebhookEvent | AuthorizationRevoked:
        """Check the signature of a delivery, in constant time over all subscriptions, and read the event.

        ``body`` is the raw body, byte for byte; ``signature`` the value of the header ``SIGNATURE_HEADER``, or
        ``None``. Raises ``InvalidWebhook``; answer 400 for the codes ``signature_missing`` and
        ``signature_malformed``, 401 for ``signature_mismatch``.
        """
        delivered = _convert.raw(body, "body", "the raw body, as bytes, since that is what is signed")
        if isinstance(signature, bytes):
            signature = signature.decode("latin-1")
        return event(self._inner.verify(delivered, _convert.optional_text(signature, "signature")))


def event(inner: Any) -> WebhookEvent | AuthorizationRevoked:
    """The other side's event as one of this side."""
    created_at = _convert.optional_moment(inner.created_at)
    common = (inner.subscription, inner.event_type, inner.event_id, created_at, inner.merchant_id)
    detail = inner.detail
    if detail.is_AUTHORIZATION_REVOKED():
        return AuthorizationRevoked(*common, _convert.optional_moment(detail.revoked_at), detail.revoker)
    return WebhookEvent(*common)
