"""A seller's story, through both clients."""

from __future__ import annotations

import asyncio
import inspect
import weakref
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from unittest import mock

import pytest

from conftest import SCOPES, Emulator
from square_oauth import (
    AsyncOAuthClient,
    Callback,
    Denied,
    ManualClock,
    OAuthClient,
    ReauthorizationRequired,
    Rejected,
    Secret,
    Tokens,
    TokenStatus,
    attempt,
)

Call = Callable[..., Any]


class Blocking:
    """The blocking client, called as the other one is."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._client = options.pop("made", None) or OAuthClient(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        if not inspect.iscoroutinefunction(getattr(AsyncOAuthClient, name)):
            return method

        async def call(*arguments: Any, **options: Any) -> Any:
            return method(*arguments, **options)

        return call


@pytest.fixture(params=[Blocking, AsyncOAuthClient])
def make(request: pytest.FixtureRequest, emulator: Emulator) -> Call:
    def make(**options: Any) -> Any:
        return request.param(*emulator.application, environment=emulator.base_url, **options)

    return make


def run(story: Awaitable[None]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(story, 60)

    asyncio.run(bounded())


def test_a_seller_connects_is_refreshed_checked_and_disconnected(make: Call, emulator: Emulator) -> None:
    async def story() -> None:
        square = make()
        await square.check_application()
        authorization = square.authorize(scopes=SCOPES)
        url = emulator.consent(authorization.url)
        assert attempt(url) == authorization.attempt
        tokens: Tokens = await square.complete(url, authorization.pending)
        assert tokens.token_type == "bearer"
        assert tokens.short_lived is False
        assert tokens.ignored_fields == ()
        left = tokens.expires_at - datetime.now(timezone.utc)
        assert timedelta(days=29) < left < timedelta(days=31)
        assert isinstance(tokens.access_token, Secret) and isinstance(tokens.refresh_token, Secret)
        assert tokens.refresh_token_expires_at is None

        refreshed = await square.obtain_token(refresh_token=tokens.refresh_token, short_lived=True)
        assert refreshed.short_lived and refreshed.access_token != tokens.access_token
        narrowed = await square.obtain_token(refresh_token=tokens.refresh_token.expose(), scopes=["PAYMENTS_READ"])
        status: TokenStatus = await square.retrieve_token_status(narrowed.access_token)
        assert status.scopes == ("PAYMENTS_READ",)
        assert (status.merchant_id, status.client_id) == (tokens.merchant_id, emulator.application[0])
        assert status.expires_at == narrowed.expires_at

        await square.revoke_token(only=narrowed.access_token)
        with pytest.raises(Rejected) as rejected:
            await square.retrieve_token_status(narrowed.access_token)
        assert (rejected.value.code, rejected.value.http_status) == ("access_token_rejected", 401)
        await square.revoke_token(all=tokens.merchant_id)
        with pytest.raises(ReauthorizationRequired):
            await square.obtain_token(refresh_token=tokens.refresh_token)

    run(story())


def test_the_second_half_takes_options(make: Call, emulator: Emulator) -> None:
    async def story() -> None:
        square = make()
        authorization = square.authorize(scopes=SCOPES)
        callback = square.check_callback(emulator.consent(authorization.url), authorization.pending)
        tokens = await square.obtain_token(callback=callback, short_lived=True)
        assert tokens.short_lived
        again = Callback.unchecked("sq0cgb-unknown", redirect_uri=None)
        with pytest.raises(ReauthorizationRequired):
            await square.obtain_token(callback=again)

    run(story())


def test_a_public_application_goes_through_pkce(emulator: Emulator) -> None:
    square = OAuthClient.public(emulator.application[0], environment=emulator.base_url)
    authorization = square.authorize(scopes=SCOPES)
    assert "code_challenge=" in authorization.url
    tokens = square.complete(emulator.consent(authorization.url), authorization.pending)
    assert tokens.refresh_token_expires_at is not None
    refreshed = square.obtain_token(refresh_token=tokens.refresh_token)
    with pytest.raises(ReauthorizationRequired):
        square.obtain_token(refresh_token=tokens.refresh_token)
    assert refreshed.refresh_token is not None and refreshed.refresh_token != tokens.refresh_token


def test_a_seller_may_say_no(make: Call, emulator: Emulator) -> None:
    async def story() -> None:
        square = make()
        authorization = square.authorize(scopes=SCOPES)
        url = emulator.consent(authorization.url, decision="deny")
        with pytest.raises(Denied) as denied:
            await square.complete(url, authorization.pending)
        assert denied.value.code == "denied" and not denied.value.retryable

    run(story())


def test_a_clock_of_ones_own_is_followed(emulator: Emulator) -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=timezone.utc))
    square = emulator.client(clock=clock, pending_lifetime=60)
    authorization = square.authorize(scopes=SCOPES)
    url = emulator.consent(authorization.url)
    clock.advance(timedelta(seconds=61))
    assert clock.now() == datetime(2026, 1, 1, 0, 1, 1, tzinfo=timezone.utc)
    with pytest.raises(Exception) as expired:
        square.check_callback(url, authorization.pending)
    assert getattr(expired.value, "code", None) == "state_expired"
    clock.set(datetime(2026, 1, 1, 0, 0, 59, tzinfo=timezone.utc))
    square.check_callback(url, authorization.pending)


def test_a_client_says_whose_it_is_and_where() -> None:
    for client in (OAuthClient, AsyncOAuthClient):
        for made in (
            client("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment="https://connect.squareupsandbox.com"),
            client.public("sandbox-sq0idb-x", environment="sandbox"),
        ):
            name = client.__name__
            assert repr(made) == f"{name}(application_id='sandbox-sq0idb-x', environment='sandbox')"


def test_a_client_that_is_closed_says_so(emulator: Emulator) -> None:
    with emulator.client() as square:
        square.check_application()
    with pytest.raises(RuntimeError, match="closed"):
        square.check_application()

    async def story() -> None:
        async with AsyncOAuthClient(*emulator.application, environment=emulator.base_url) as square:
            await square.check_application()
        with pytest.raises(RuntimeError, match="closed"):
            await square.check_application()

    asyncio.run(story())


def test_the_two_clients_have_the_same_names_and_arguments() -> None:
    def methods(client: type) -> dict[str, inspect.Signature]:
        names = [name for name in dir(client) if not name.startswith("_")]
        return {name: inspect.signature(getattr(client, name)) for name in names if "close" not in name}

    assert methods(OAuthClient).keys() == methods(AsyncOAuthClient).keys()
    for name, signature in methods(OAuthClient).items():
        assert signature.parameters.keys() == methods(AsyncOAuthClient)[name].parameters.keys(), name


def test_a_programs_own_tests_can_replace_methods_and_watch_values() -> None:
    square = OAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment="sandbox")
    with mock.patch.object(square, "complete", return_value="tokens"):
        assert square.complete("/callback", None) == "tokens"
    double = mock.create_autospec(OAuthClient, instance=True)
    double.obtain_token(refresh_token="x")
    with pytest.raises(TypeError):
        double.complete()
    waited = AsyncOAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment="sandbox")
    with mock.patch.object(waited, "complete", return_value="tokens"):
        assert asyncio.run(waited.complete("/callback", None)) == "tokens"
    for one in (square, waited, square.authorize(scopes=SCOPES), Secret("x")):
        assert weakref.ref(one)() is one


def test_the_request_names_the_language(emulator: Emulator) -> None:
    emulator.client().check_application()
    last = emulator.control("requests?since=0", method="GET")["requests"][-1]
    assert "(python)" in str(last["headers"])
