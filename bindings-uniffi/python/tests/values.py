"""A value of each public type, made of the canary wherever it holds a secret."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import public
import square_oauth as so
from canary import CANARY
from conftest import SCOPES, Emulator
from square_oauth import web
from square_oauth._bridge import ffi
from square_oauth._errors import translate

ID = "sandbox-sq0idb-x"
HOOK = "https://example.com/square"
# The attributes that are there to open a value: what they yield is the caller's care.
DOORS = {so.Authorization: {"url", "pending"}, web.WebResponse: {"headers"}}


class Story:
    """What happens to a seller of an application whose every secret is the canary, or is added to these."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.secrets = {CANARY}
        options = {"environment": emulator.base_url, "previous_application_secret": so.Secret(CANARY + "-")}
        self.square = so.OAuthClient(ID, CANARY, **options)
        self.waited = so.AsyncOAuthClient(ID, so.Secret(CANARY), **options)
        self.public = so.OAuthClient.public(ID, environment=emulator.base_url)
        self.webhooks = so.Webhooks(notification_url=HOOK, signature_key=CANARY)

    def answer(self, status: int, path: str, body: Any = None, **headers: str) -> None:
        """Square's next answer; whatever it says, it says the canary too."""
        errors = [{"category": "A", "code": "B", "detail": f"about {CANARY}"}]
        self.emulator.answer(status, body or {"errors": errors, "message": f"about {CANARY}"}, path, **headers)

    def out(self, square: Any = None) -> so.Authorization:
        authorization = (square or self.square).authorize(scopes=SCOPES)
        state = parse_qs(urlsplit(authorization.url).query)["state"][0]
        self.secrets |= {state, authorization.pending}
        return authorization

    def back(self, parameters: str) -> tuple[str, str]:
        """Where the seller comes back to, and what was kept for them."""
        authorization = self.out()
        state = parse_qs(urlsplit(authorization.url).query)["state"][0]
        return f"/callback?{parameters}&state={state}", authorization.pending

    def tokens(self) -> so.Tokens:
        ends = {"expires_at": "2099-01-01T00:00:00Z", "refresh_token_expires_at": "2099-01-01T00:00:00Z"}
        secrets = {"access_token": CANARY, "refresh_token": CANARY + "r", "id_token": CANARY + "i"}
        self.answer(200, "/oauth2/token", {**secrets, **ends, "token_type": "bearer", "merchant_id": "M"})
        return self.square.obtain_token(refresh_token=CANARY)

    def event(self, kind: str) -> so.WebhookEvent:
        data = {"object": {"revocation": {"revoked_at": "2026-01-01T00:00:00Z", "revoker_type": "MERCHANT"}}}
        body = json.dumps({"merchant_id": "M", "type": kind, "event_id": "e", "data": data}).encode()
        signature = base64.b64encode(hmac.digest(CANARY.encode(), HOOK.encode() + body, hashlib.sha256))
        return self.webhooks.verify(body, signature)

    def handlers(self, kind: Any = web.WebHandlers) -> Any:
        return kind(
            self.square,
            public_url="http://localhost:3000",
            scopes=SCOPES,
            on_connected=lambda *_: None,
            webhooks=self.webhooks,
            on_event=lambda _: None,
        )

    def failure(self, kind: type[so.OAuthError], *calls: Callable[[], Any]) -> Iterator[so.OAuthError]:
        """What each call fails with, from either client."""
        for call in calls:
            with pytest.raises(kind) as failed:
                called = call()
                if asyncio.iscoroutine(called):
                    asyncio.run(called)
            yield failed.value


Values = Iterator[Any]
MAKERS: dict[type, Callable[[Story], Values]] = {}


def of(*kinds: type) -> Callable[[Callable[[Story], Values]], Callable[[Story], Values]]:
    def add(maker: Callable[[Story], Values]) -> Callable[[Story], Values]:
        MAKERS.update(dict.fromkeys(kinds, maker))
        return maker

    return add


@of(so.Secret, so.Callback, so.Subscription, so.Webhooks, so.Environment, so.ManualClock)
def plain(story: Story) -> Values:
    yield so.Secret(CANARY)
    yield so.Callback.unchecked(CANARY, code_verifier=CANARY)
    yield story.square.check_callback(*story.back(f"code={CANARY}"))
    subscription = so.Subscription(HOOK, CANARY)
    yield from (subscription, so.Webhooks([subscription]), story.webhooks)
    yield from (so.Environment("sandbox"), so.ManualClock(datetime(2026, 1, 1, tzinfo=timezone.utc)))


@of(so.OAuthClient, so.AsyncOAuthClient, so.Authorization)
def clients(story: Story) -> Values:
    for client in (so.OAuthClient, so.AsyncOAuthClient):
        yield client(ID, CANARY, environment="sandbox", proxy=f"http://user:{CANARY}@127.0.0.1:9")
    yield from (story.square, story.waited, story.public)
    yield from (story.out(), story.out(story.waited), story.out(story.public))


@of(so.Tokens, so.TokenStatus)
def answers(story: Story) -> Values:
    yield story.tokens()
    body = {"scopes": SCOPES, "expires_at": None, "client_id": ID, "merchant_id": "M"}
    story.answer(200, "/oauth2/token/status", body)
    yield story.square.retrieve_token_status(CANARY)


@of(so.WebhookEvent, so.AuthorizationRevoked)
def events(story: Story) -> Values:
    yield from (story.event("payment.created"), story.event("oauth.authorization.revoked"))


@of(*(kind for kind in public.types() if kind.__name__ == "WebHandlers"))
def handlers(story: Story) -> Values:
    for kind in MAKERS:
        if kind.__name__ == "WebHandlers":
            yield story.handlers(kind)


@of(web.WebRequest, web.WebResponse, web.Page, web.Pages)
def pages(story: Story) -> Values:
    ours = story.handlers()
    yield web.WebRequest("POST", f"/callback?code={CANARY}", [("cookie", CANARY), ("authorization", CANARY)], b"CANARY")
    out = ours.connect(web.WebRequest("GET", "/connect", []))
    headers = dict(out.headers)
    state = parse_qs(urlsplit(headers["location"]).query)["state"][0]
    cookie = headers["set-cookie"].partition(";")[0]
    story.secrets |= {state, cookie.partition("=")[2]}
    yield out
    story.answer(
        200, "/oauth2/token", {"access_token": CANARY, "expires_at": "2099-01-01T00:00:00Z", "merchant_id": "M"}
    )
    yield ours.callback(web.WebRequest("GET", f"/callback?code={CANARY}&state={state}", [("cookie", cookie)]))
    yield from (web.Page("Title", "Text"), web.Page.at("/path"), web.Pages(ask=web.Page.at("/path")))


@of(so.InvalidInput)
def mistakes(story: Story) -> Values:
    for square in (story.square, story.waited):
        yield from story.failure(
            so.InvalidInput,
            lambda square=square: square.retrieve_token_status(CANARY + "\n"),
            lambda square=square: square.retrieve_token_status(CANARY + "\ud800"),
            lambda square=square: square.obtain_token(refresh_token=CANARY + " "),
            lambda square=square: square.revoke_token(only=CANARY + "\0"),
            lambda square=square: type(square)(CANARY + "\n", CANARY, environment="sandbox"),
            lambda square=square: type(square)(ID, CANARY + "\n", environment="sandbox"),
            lambda square=square: type(square)(ID, CANARY, environment=CANARY),
            lambda square=square: type(square)(ID, CANARY, environment=f"https://user:{CANARY}@example.com"),
            lambda square=square: type(square)(ID, CANARY, environment="sandbox", proxy=f"socks9://user:{CANARY}@a"),
        )
    yield from story.failure(so.InvalidInput, lambda: so.Webhooks([so.Subscription(HOOK, CANARY + "\n")]))


@of(so.InvalidCallback, so.Denied)
def returns(story: Story) -> Values:
    for square in (story.square, story.waited):
        yield from story.failure(
            so.InvalidCallback,
            lambda square=square: square.complete(f"/callback?code={CANARY}", CANARY),
            lambda square=square: square.complete(f"/callback?code={CANARY}&state={CANARY}", CANARY),
            lambda square=square: square.complete(story.back(f"code={CANARY}")[0], story.out().pending),
            lambda square=square: square.complete(*story.back(f"code={CANARY}&code={CANARY}")),
        )
        yield from story.failure(
            so.Denied,
            lambda square=square: square.complete(*story.back(f"error=access_denied&error_description={CANARY}")),
        )
    yield from story.failure(so.InvalidCallback, lambda: so.attempt(f"/callback?code={CANARY}"))


@of(so.InvalidWebhook)
def deliveries(story: Story) -> Values:
    body = json.dumps({"type": "a", "signature_key": CANARY}).encode()
    yield from story.failure(
        so.InvalidWebhook,
        lambda: story.webhooks.verify(body, "A" * 43 + "="),
        lambda: story.webhooks.verify(body, CANARY),
        lambda: story.webhooks.verify(body, None),
    )


ANSWERED: dict[type[so.OAuthError], tuple[int, str, Any]] = {
    so.ReauthorizationRequired: (401, "/oauth2/token", {"message": f"refresh token {CANARY}", "type": "x"}),
    so.Configuration: (401, "/oauth2/token", {"message": "Not Authorized", "type": "service.not_authorized"}),
    so.Rejected: (400, "/oauth2/token/status", None),
    so.RateLimited: (429, "/oauth2/token/status", None),
    so.Unavailable: (503, "/oauth2/token/status", None),
    so.ProtocolError: (200, "/oauth2/token/status", {"access_token": CANARY}),
}


@of(*ANSWERED, so.SquareError)
def refusals(story: Story) -> Values:
    for kind, (status, path, body) in ANSWERED.items():
        for square in (story.square, story.waited):
            # As often as it may be repeated.
            for _ in range(5):
                story.answer(status, path, body)
            call = {
                "/oauth2/token": lambda square=square: square.obtain_token(refresh_token=CANARY),
                "/oauth2/token/status": lambda square=square: square.retrieve_token_status(CANARY),
            }[path]
            [error] = story.failure(kind, call)
            story.emulator.control("faults", method="DELETE")
            yield error
            yield from error.errors


@of(so.InvalidCall)
def wrong_calls(story: Story) -> Values:
    for square in (story.square, story.waited):
        yield from story.failure(
            so.InvalidCall,
            lambda square=square: square.complete(CANARY.encode(), CANARY),
            lambda square=square: square.revoke_token(all={"a": CANARY}),
            lambda square=square: square.obtain_token(refresh_token=CANARY, migration_token=CANARY),
            lambda square=square: square.obtain_token(refresh_tokens=CANARY),
        )
    yield from story.failure(
        so.InvalidCall,
        lambda: story.webhooks.verify({"a": CANARY}, CANARY),  # type: ignore[arg-type]
        lambda: so.Secret(CANARY.encode()),  # type: ignore[arg-type]
    )


@of(so.TransportError)
def failures(story: Story) -> Values:
    for client in (so.OAuthClient, so.AsyncOAuthClient):
        square = client(ID, CANARY, environment="sandbox", proxy=f"http://user:{CANARY}@127.0.0.1:9", timeout=2)
        yield from story.failure(so.TransportError, lambda square=square: square.retrieve_token_status(CANARY))


@of(so.InternalError)
def panics(story: Story) -> Values:
    yield translate(ffi.InternalError(f"panicked at {CANARY}"))


@of(so.StoreError, so.OAuthError)
def never_raised(story: Story) -> Values:
    """What no call raises: the base, and what is for stores that are still to come."""
    yield from (so.StoreError("The store failed.", code="x"), so.OAuthError("It failed.", code="x"))
