"""What the handlers do with the application's own functions, whatever the framework."""

from __future__ import annotations

import asyncio
import logging
import pickle
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

import square_oauth as so
from conftest import SCOPES, Emulator, live_objects, settles_at
from square_oauth.web import Page, Pages, WebHandlers, WebRequest, WebResponse

HERE = "http://localhost:3000"
CANARY = "canary-in-the-message"


def handlers(emulator: Emulator, on_connected: Any, client: Any = None, **options: Any) -> WebHandlers:
    square = client or emulator.client()
    return WebHandlers(square, public_url=HERE, scopes=SCOPES, on_connected=on_connected, **options)


def asked(target: str, cookies: list[str] | None = None, method: str = "GET", **headers: str) -> WebRequest:
    given = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return WebRequest(method, target, [*given, ("Cookie", "; ".join(cookies or []))])


def header(answer: WebResponse, name: str) -> str:
    return dict(answer.headers).get(name, "")


def back(emulator: Emulator, web: WebHandlers) -> WebRequest:
    """A seller who has said yes."""
    out = web.connect(asked("/connect"))
    assert out.status == 303
    cookie = header(out, "set-cookie").partition(";")[0]
    to = urlsplit(emulator.consent(header(out, "location")))
    return asked(f"/callback?{to.query}", [cookie])


def both(web: WebHandlers, request: WebRequest, way: str) -> WebResponse:
    return web.callback(request) if way == "blocking" else asyncio.run(web.acallback(request))


ways = pytest.mark.parametrize("way", ["blocking", "asyncio"])


@ways
def test_a_function_and_a_coroutine_function_both_get_the_tokens_and_the_request(emulator: Emulator, way: str) -> None:
    got: list[tuple[so.Tokens, WebRequest]] = []

    async def later(tokens: so.Tokens, request: WebRequest) -> None:
        await asyncio.sleep(0)
        got.append((tokens, request))

    for on_connected in (lambda *both: got.append(both), later):
        web = handlers(emulator, on_connected, return_to="/settings")
        request = back(emulator, web)
        answer = both(web, request, way)
        assert (answer.status, header(answer, "location")) == (303, "/settings")
        tokens, seen = got.pop()
        assert tokens.access_token.expose() and seen is request
        assert not got


@ways
def test_what_on_connected_raises_is_ours_to_repair_and_its_message_stays_out_of_the_log(
    emulator: Emulator, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(tokens: so.Tokens, _: WebRequest) -> None:
        raise LookupError(f"{CANARY} {tokens.access_token.expose()}")

    web = handlers(emulator, fails)
    with caplog.at_level(logging.DEBUG):
        answer = both(web, back(emulator, web), way)
    assert header(answer, "location") == "/callback?outcome=failed"
    assert "max-age=0" in header(answer, "set-cookie").lower()
    shown = web.callback(asked("/callback?outcome=failed"))
    assert shown.status == 200 and "ours to repair" in shown.body
    [error] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "LookupError" in error.getMessage() and "in fails" in error.getMessage()
    assert CANARY not in caplog.text and "EAAA" not in caplog.text


@ways
def test_the_sellers_refusal_connects_nobody_and_is_no_error_of_ours(
    emulator: Emulator, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    web = handlers(emulator, lambda *_: pytest.fail("nobody was connected"), pages=Pages(declined=Page.at("/no")))
    out = web.connect(asked("/connect"))
    to = urlsplit(emulator.consent(header(out, "location"), "deny"))
    cookie = header(out, "set-cookie").partition(";")[0]
    with caplog.at_level(logging.INFO):
        answer = both(web, asked(f"/callback?{to.query}", [cookie]), way)
    assert header(answer, "location") == "/no"
    codes = [(record.levelname, getattr(record, "error_code", None)) for record in caplog.records]
    assert codes == [("INFO", "denied")]


def test_an_exchange_goes_on_when_the_browser_hangs_up(emulator: Emulator) -> None:
    got: list[so.Tokens] = []

    async def story() -> None:
        web = handlers(emulator, lambda tokens, _: got.append(tokens))
        request = back(emulator, web)
        emulator.fault({"delay_ms": 700}, path="/oauth2/token")
        handler = asyncio.create_task(web.acallback(request))
        await asyncio.sleep(0.2)
        handler.cancel()
        with pytest.raises(asyncio.CancelledError):
            await handler
        assert not got
        end = time.monotonic() + 10
        while not got and time.monotonic() < end:
            await asyncio.sleep(0.02)

    asyncio.run(story())
    assert len(got) == 1


def test_a_slow_function_does_not_hold_up_the_event_loop(emulator: Emulator) -> None:
    async def story() -> int:
        web = handlers(emulator, lambda *_: time.sleep(0.5))
        exchange = asyncio.create_task(web.acallback(back(emulator, web)))
        turns = 0
        while not exchange.done():
            await asyncio.sleep(0.01)
            turns += 1
        await exchange
        return turns

    assert asyncio.run(story()) > 20


@ways
def test_a_verified_event_is_handed_over_and_what_the_handler_raises_goes_on(emulator: Emulator, way: str) -> None:
    import base64
    import hashlib
    import hmac

    url, key, body = f"{HERE}/webhook", "a-key", b'{"type": "x.y", "event_id": "e1"}'
    signature = base64.b64encode(hmac.digest(key.encode(), url.encode() + body, hashlib.sha256)).decode()
    seen: list[so.WebhookEvent] = []

    def deliver(web: WebHandlers, signature: str) -> WebResponse:
        request = WebRequest("POST", "/webhook", [("X-Square-HmacSha256-Signature", signature)], body)
        return web.webhook(request) if way == "blocking" else asyncio.run(web.awebhook(request))

    webhooks = so.Webhooks(notification_url=url, signature_key=key)
    web = handlers(emulator, print, webhooks=webhooks, on_event=seen.append)
    assert deliver(web, signature).status == 204
    assert [event.event_id for event in seen] == ["e1"]
    assert deliver(web, "A" * 43 + "=").status == 401
    assert deliver(web, "short").status == 400
    assert len(seen) == 1

    def busy(_: so.WebhookEvent) -> None:
        raise TimeoutError("come again")

    with pytest.raises(TimeoutError):
        deliver(handlers(emulator, print, webhooks=webhooks, on_event=busy), signature)


def test_what_cannot_work_is_refused_when_the_handlers_are_made(emulator: Emulator) -> None:
    def refused(**options: Any) -> tuple[str, str | None]:
        given: dict[str, Any] = {"client": emulator.client(), "public_url": HERE, "scopes": SCOPES, **options}
        with pytest.raises(so.InvalidInput) as error:
            WebHandlers(given.pop("client"), on_connected=print, **given)
        return error.value.code, error.value.field

    public = so.OAuthClient.public(emulator.application[0], environment=emulator.base_url)
    assert refused(client=public) == ("value_unexpected", "application")
    assert refused(public_url="http://example.com") == ("value_malformed", "public_url")
    assert refused(public_url=None) == ("value_missing", "public_url")
    assert refused(return_to="//elsewhere")[1] == "return_to"
    assert refused(pages=Pages(declined=Page.at("no-slash")))[1] == "declined"
    assert refused(scopes=[])[1] == "scopes"
    assert refused(calback_path="/back")[0] == "option_unknown"
    webhooks = so.Webhooks(notification_url=HERE, signature_key="a-key")
    with pytest.raises(TypeError, match="on_event"):
        handlers(emulator, print, webhooks=webhooks)


def test_a_closed_client_serves_nothing(emulator: Emulator) -> None:
    square = emulator.client()
    web = handlers(emulator, print, square)
    square.close()
    with pytest.raises(RuntimeError, match="closed"):
        web.connect(asked("/connect"))


def test_buttons_are_pressed_on_our_own_pages_only(emulator: Emulator) -> None:
    web = handlers(emulator, print)
    assert web.is_from_own_page(asked("/x", method="POST", Sec_Fetch_Site="same-origin"))
    assert web.is_from_own_page(asked("/x", method="POST", origin=HERE))
    assert not web.is_from_own_page(asked("/x", method="POST", Sec_Fetch_Site="cross-site", origin=HERE))
    assert not web.is_from_own_page(asked("/x", method="POST"))


def test_pages_and_labels_are_the_applications_to_choose(emulator: Emulator) -> None:
    words = Pages(over=Page("Doppelt", "Sie sind <schon> verbunden."), language="de", back_label="Zurück")
    shown = handlers(emulator, print, pages=words).callback(asked("/callback?outcome=over"))
    assert 'lang="de"' in shown.body and "Doppelt" in shown.body and "Zurück" in shown.body
    assert "&lt;schon&gt;" in shown.body


def test_nothing_that_is_secret_is_printed_or_pickled(emulator: Emulator) -> None:
    web = handlers(emulator, print)
    request = back(emulator, web)
    target = "/callback?code=the-code&state=the-state"
    cookies = ["sqa_x=sqp1.the-pending"]
    things = [web, request, asked(target, cookies), WebRequest("POST", "/", [], b"the-body"), web.connect(request)]
    things.append(web.connect(asked("/connect")))
    for thing in things:
        for text in (str(thing), repr(thing), f"{thing}"):
            for secret in ("sqp1.", "the-code", "the-state", "the-body", emulator.application[1]):
                assert secret not in text
        with pytest.raises(TypeError):
            pickle.dumps(thing)


def test_hundreds_of_returns_leave_nothing_alive(emulator: Emulator) -> None:
    async def story(web: WebHandlers) -> None:
        for _ in range(100):
            request = back(emulator, web)
            assert (await web.acallback(request)).status == 303
            assert (await web.acallback(request)).status == 303

    web = handlers(emulator, lambda *_: None)
    asyncio.run(story(web))
    before = live_objects()
    asyncio.run(story(web))
    settles_at(before)


def test_half_a_character_in_a_header_is_a_request_like_any_other(emulator: Emulator) -> None:
    web = handlers(emulator, print)
    answer = web.connect(WebRequest("GET", "/connect", [("cookie", "sqa_\udc80=\ud800"), ("sec-fetch-site", "\udcff")]))
    assert answer.status == 200 and "Connect Square?" in answer.body
