"""The package's web handlers, made anew for each of the judge's stories, whatever serves them."""

from __future__ import annotations

import json
import os
import platform
from typing import Any

import square_oauth as so
from calls import CLIENT, EPOCH, MILLISECOND, answered, only, where

CONTROL = ("/", "/call", "/web", "/clock")
HANDLED = ("/connect", "/callback", "/webhook")


class Stories:
    """What serves the handlers asks this one for those of the story that is on."""

    handlers: Any
    clock: so.ManualClock
    connected: dict[str, so.Tokens]

    def __init__(self, kind: Any, port: int, served_by: str) -> None:
        self._kind = kind
        folder = os.path.basename(os.path.dirname(os.path.dirname(so.__file__)))
        self.base_url = f"http://127.0.0.1:{port}"
        self.first_line = {
            "base_url": self.base_url,
            "language": "python",
            "runtime": f"{platform.python_implementation()} {platform.python_version()}",
            "loaded": f"{CLIENT.__name__} of {folder}, served by {served_by}",
            "web": True,
        }

    def control(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Status and answer of what is for the subject itself."""
        if path == "/":
            return 200, self.first_line
        if path == "/call":
            return answered(body)
        if path == "/web":
            self._begin(json.loads(body))
        else:
            self.clock.set(EPOCH + json.loads(body)["now_ms"] * MILLISECOND)
        return 200, {}

    def _begin(self, new: dict[str, Any]) -> None:
        only(new, "config", "now_ms", "webhook_signature_key")
        config = only(new["config"], "environment", "insecure_environment", "application_id", "application_secret")
        application = (config["application_id"], config["application_secret"])
        self.clock = so.ManualClock(EPOCH + new["now_ms"] * MILLISECOND)
        key = new["webhook_signature_key"]
        self.connected = {}
        self.handlers = self._kind(
            CLIENT(*application, environment=where(config), clock=self.clock),
            public_url=self.base_url,
            scopes=["MERCHANT_PROFILE_READ", "PAYMENTS_READ"],
            on_connected=self._on_connected,
            webhooks=so.Webhooks(notification_url=f"{self.base_url}/webhook", signature_key=key),
            on_event=self._on_event,
        )

    async def _on_connected(self, tokens: so.Tokens, request: Any) -> None:
        self.connected[tokens.merchant_id] = tokens

    def _on_event(self, event: so.WebhookEvent) -> None:
        if isinstance(event, so.AuthorizationRevoked):
            self.connected.pop(event.merchant_id or "", None)
