"""Connect Square sellers: authorize, obtain, refresh, check and revoke OAuth tokens, verify webhooks.

``AsyncOAuthClient`` is for asyncio, ``OAuthClient`` for everything else; they have the same methods.

Not affiliated with Square.
"""

from __future__ import annotations

from square_oauth import _interpreter as _interpreter  # isort: skip
from square_oauth import _bridge as _bridge
from square_oauth._async import AsyncOAuthClient
from square_oauth._blocking import OAuthClient
from square_oauth._clock import ManualClock
from square_oauth._environment import Environment
from square_oauth._errors import (
    Configuration,
    Denied,
    InternalError,
    InvalidCall,
    InvalidCallback,
    InvalidInput,
    InvalidWebhook,
    OAuthError,
    ProtocolError,
    RateLimited,
    ReauthorizationRequired,
    Rejected,
    SquareError,
    StoreError,
    TransportError,
    Unavailable,
)
from square_oauth._functions import attempt
from square_oauth._values import Authorization, Callback, Secret, Tokens, TokenStatus
from square_oauth._webhooks import (
    SIGNATURE_HEADER,
    AuthorizationRevoked,
    Subscription,
    WebhookEvent,
    Webhooks,
)

__all__ = [
    "SIGNATURE_HEADER",
    "AsyncOAuthClient",
    "Authorization",
    "AuthorizationRevoked",
    "Callback",
    "Configuration",
    "Denied",
    "Environment",
    "InternalError",
    "InvalidCall",
    "InvalidCallback",
    "InvalidInput",
    "InvalidWebhook",
    "ManualClock",
    "OAuthClient",
    "OAuthError",
    "ProtocolError",
    "RateLimited",
    "ReauthorizationRequired",
    "Rejected",
    "Secret",
    "SquareError",
    "StoreError",
    "Subscription",
    "TokenStatus",
    "Tokens",
    "TransportError",
    "Unavailable",
    "WebhookEvent",
    "Webhooks",
    "attempt",
]

# Where they can be imported from is where they are.
for _name in __all__:
    _thing = globals()[_name]
    if isinstance(_thing, type) or callable(_thing):
        _thing.__module__ = __name__
del _name, _thing
