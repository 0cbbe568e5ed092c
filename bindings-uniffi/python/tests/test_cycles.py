"""What the collector finds: it calls finalizers in an order of its own, and nothing may be read that was freed."""

from __future__ import annotations

import asyncio
import gc

import pytest

from conftest import Silent, live_objects, settles_at
from square_oauth import AsyncOAuthClient, Secret

COUNT = 20


class Seller:
    """A cycle, whose finalizer is called after those of what it holds, which is older."""

    seen: list[str]

    def __init__(self, token: Secret) -> None:
        self.token = token
        self.itself = self

    def __del__(self) -> None:
        self.seen.append(self.token.expose())


def test_a_finalizer_may_use_what_was_found_together_with_it() -> None:
    before = live_objects()
    Seller.seen = []
    for number in range(COUNT):
        Seller(Secret(f"token {number}"))
    gc.collect()
    assert sorted(Seller.seen) == sorted(f"token {number}" for number in range(COUNT))
    settles_at(before)


def test_calls_whose_loop_is_gone_end_when_they_are_found(silent: Silent, capfd: pytest.CaptureFixture[str]) -> None:
    before = live_objects()
    loop = asyncio.new_event_loop()
    square = AsyncOAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=silent.url)
    calls = [loop.create_task(square.check_application()) for _ in range(COUNT)]
    loop.run_until_complete(asyncio.sleep(0))
    silent.wait(arrived=COUNT)
    loop.close()
    for call in calls:
        call._log_destroy_pending = False  # type: ignore[attr-defined]
    del call, calls, square
    gc.collect()
    silent.wait(left=COUNT)
    settles_at(before)
    assert capfd.readouterr().err == ""


def test_what_a_finalizer_saves_stays_whole_until_it_is_let_go_of() -> None:
    before = live_objects()
    kept: list[Secret] = []

    class Saving(Seller):
        def __del__(self) -> None:
            kept.append(self.token)

    Saving(Secret("saved"))
    gc.collect()
    assert [token.expose() for token in kept] == ["saved"]
    kept.clear()
    settles_at(before)
