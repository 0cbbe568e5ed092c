"""The sellers who are connected.

In memory, so that the example needs nothing else: they are lost when it stops. A real application encrypts tokens
before it stores them, under a key that is not in the database, and never logs them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from square_oauth import Tokens

MOST_EVENTS = 1000


@dataclass(frozen=True)
class Connection:
    """One seller's connection."""

    tokens: Tokens
    connected_at: datetime
    refreshed_at: datetime


class Connections:
    """By merchant ID. Used by one event loop, so nothing needs a lock."""

    def __init__(self) -> None:
        self._sellers: dict[str, Connection] = {}
        self._events: OrderedDict[str, None] = OrderedDict()

    def put(self, connection: Connection) -> None:
        self._sellers[connection.tokens.merchant_id] = connection

    def find(self, merchant_id: str) -> Connection | None:
        return self._sellers.get(merchant_id)

    def all(self) -> list[Connection]:
        return list(self._sellers.values())

    def remove(self, merchant_id: str) -> bool:
        return self._sellers.pop(merchant_id, None) is not None

    def refreshed(self, tokens: Tokens, now: datetime) -> None:
        """Puts refreshed tokens in place of the old ones, unless the seller has gone meanwhile."""
        if (connection := self.find(tokens.merchant_id)) is not None:
            self.put(replace(connection, tokens=tokens, refreshed_at=now))

    def is_new(self, event_id: str) -> bool:
        """Whether a webhook event is here for the first time. Deliveries repeat, within a day."""
        if event_id in self._events:
            return False
        self._events[event_id] = None
        if len(self._events) > MOST_EVENTS:
            self._events.popitem(last=False)
        return True
