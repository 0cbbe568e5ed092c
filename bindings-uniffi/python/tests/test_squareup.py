"""Square's own SDK takes our tokens."""

from __future__ import annotations

import asyncio

import pytest
from square import AsyncSquare, Square
from square.core.api_error import ApiError

from conftest import Emulator


def test_squares_own_sdk_uses_our_token_until_it_is_revoked(emulator: Emulator) -> None:
    ours = emulator.client()
    tokens = emulator.connect(ours)
    theirs = Square(base_url=emulator.base_url, token=tokens.access_token.expose())
    merchant = theirs.merchants.get(merchant_id="me").merchant
    assert merchant is not None and merchant.id == tokens.merchant_id
    locations = theirs.locations.list().locations
    assert locations and locations[0].merchant_id == tokens.merchant_id

    ours.revoke_token(all=tokens.merchant_id)
    with pytest.raises(ApiError) as refused:
        theirs.locations.list()
    assert refused.value.status_code == 401


def test_its_async_client_does_too(emulator: Emulator) -> None:
    tokens = emulator.connect(emulator.client())

    async def story() -> None:
        theirs = AsyncSquare(base_url=emulator.base_url, token=tokens.access_token.expose())
        merchant = (await theirs.merchants.get(merchant_id="me")).merchant
        assert merchant is not None and merchant.id == tokens.merchant_id

    asyncio.run(story())
