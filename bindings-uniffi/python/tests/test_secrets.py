"""Nothing that Python makes of a value shows a secret."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

import square_oauth
from conftest import Emulator
from square_oauth import (
    AsyncOAuthClient,
    Callback,
    OAuthClient,
    OAuthError,
    Secret,
    Subscription,
    Webhooks,
)

CANARY = "CANARYcanaryCANARYcanary0123456789"


def texts_of(thing: Any) -> Iterator[str]:
    """Every text that Python, its tracebacks and its logging make of a thing."""
    yield from (repr(thing), str(thing), f"{thing}", f"{thing!r}", "%s %r" % (thing, thing), ascii(thing))  # noqa: UP031
    yield repr([thing]) + repr({"a": thing})
    yield repr(getattr(thing, "__dict__", "")) + repr(dir(thing))
    # What debuggers show when they look inside.
    inside = getattr(thing, "_inner", None)
    yield repr(inside) + str(inside) + repr(getattr(inside, "__dict__", ""))
    try:
        yield json.dumps(thing, default=str)
    except TypeError as error:
        yield str(error)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("canary").addHandler(handler)
    logging.getLogger("canary").warning("%s %r", thing, thing, extra={"thing": thing})
    logging.getLogger("canary").removeHandler(handler)
    yield written.getvalue()
    if isinstance(thing, BaseException):
        yield "".join(traceback.format_exception(thing))
        # What error trackers collect: the locals of our own frames.
        frames = traceback.TracebackException.from_exception(thing, capture_locals=True).stack
        yield "".join(str(f.locals) for f in frames if "square_oauth" in f.filename)
        yield pickle.dumps(thing).decode("latin-1")


def public_values(emulator: Emulator) -> Iterator[Any]:
    """One of each public type, made of the canary where it holds a secret."""
    secret = Secret(CANARY)
    yield secret
    yield Callback.unchecked(CANARY, code_verifier=CANARY)
    subscription = Subscription("https://example.com/", CANARY)
    yield subscription
    yield Webhooks([subscription])
    yield Webhooks(notification_url="https://example.com/", signature_key=CANARY)
    for client in (OAuthClient, AsyncOAuthClient):
        square = client(
            "sandbox-sq0idb-x",
            secret,
            environment=emulator.base_url,
            previous_application_secret=CANARY,
            proxy=f"http://user:{CANARY}@127.0.0.1:9",
        )
        yield square
        yield square.authorize(scopes=["ITEMS_READ"])
    yield client.public("sandbox-sq0idb-x", environment=emulator.base_url).authorize(scopes=["ITEMS_READ"])
    errors = [{"category": "A", "code": "B", "detail": f"about {CANARY}"}]
    emulator.answer(400, {"errors": errors}, "/oauth2/token/status")
    square = OAuthClient("sandbox-sq0idb-x", CANARY, environment=emulator.base_url)
    calls = [
        lambda: square.retrieve_token_status(CANARY),
        lambda: square.retrieve_token_status(CANARY + "\n"),
        lambda: square.retrieve_token_status(CANARY + "\ud800"),
        lambda: square.obtain_token(refresh_token=CANARY + " "),
        lambda: square.complete(f"/callback?code={CANARY}", CANARY),
        lambda: square.complete(f"/callback?code={CANARY}&state={CANARY}", CANARY),
        lambda: OAuthClient(CANARY + "\n", CANARY, environment="sandbox"),
        lambda: OAuthClient("sandbox-sq0idb-x", CANARY + "\n", environment="sandbox"),
        lambda: OAuthClient("sandbox-sq0idb-x", "x" * 8, environment=CANARY),
        lambda: Webhooks([subscription]).verify(CANARY.encode(), "A" * 43 + "="),
        lambda: square_oauth.attempt(f"/callback?code={CANARY}"),
    ]
    for call in calls:
        with pytest.raises(OAuthError) as failed:
            call()
        yield failed.value
    for call in [
        lambda: square.complete(CANARY.encode(), CANARY),
        lambda: Webhooks([subscription]).verify({"a": CANARY}, CANARY),  # type: ignore[arg-type]
    ]:
        with pytest.raises(TypeError) as wrong:
            call()
        yield wrong.value


def test_no_text_of_any_public_type_shows_a_secret(emulator: Emulator) -> None:
    seen = 0
    kinds = set()
    for thing in public_values(emulator):
        kinds.add(type(thing))
        for text in texts_of(thing):
            shown = text.lower()
            assert CANARY.lower() not in shown, (type(thing), text)
            seen += 1
    assert seen > 150
    assert {Secret, Callback, Subscription, Webhooks, OAuthClient, AsyncOAuthClient} <= kinds


def test_tokens_show_none_of_theirs(emulator: Emulator) -> None:
    tokens = emulator.connect(emulator.client())
    assert tokens.refresh_token is not None
    secrets = [tokens.access_token.expose(), tokens.refresh_token.expose()]
    for thing in (tokens, tokens.access_token, tokens.refresh_token):
        for text in texts_of(thing):
            assert not any(secret in text for secret in secrets)


def test_logging_at_its_loudest_shows_none(emulator: Emulator) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(1)
    try:
        square = OAuthClient("sandbox-sq0idb-x", CANARY, environment=emulator.base_url)
        for token in (CANARY, CANARY + "\n"):
            with pytest.raises(OAuthError):
                square.retrieve_token_status(token)
            with pytest.raises(OAuthError):
                square.obtain_token(refresh_token=token)
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
    assert "failed" in written.getvalue() and CANARY not in written.getvalue()


def test_secrets_compare_and_are_neither_pickled_nor_hashed() -> None:
    secret = Secret("a")
    assert secret == Secret("a") and secret != Secret("b") and secret != "a"
    assert secret.expose() == "a" and str(secret) == "[redacted]"
    assert copy.deepcopy({"a": secret})["a"] is secret and copy.copy(secret) is secret
    with pytest.raises(TypeError):
        hash(secret)


def test_nothing_that_stands_for_the_other_side_is_pickled(emulator: Emulator) -> None:
    for thing in public_values(emulator):
        if isinstance(thing, Exception):
            continue
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError, match="cannot be pickled"):
                pickle.dumps(thing, protocol)
