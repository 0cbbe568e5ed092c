"""Calls that no value makes right: every argument of every public callable, of a wrong type."""

from __future__ import annotations

import enum
import inspect
import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

import pytest

from conftest import SCOPES, Emulator
from square_oauth import (
    AsyncOAuthClient,
    Callback,
    Environment,
    InvalidCall,
    InvalidInput,
    ManualClock,
    OAuthClient,
    Secret,
    Subscription,
    Tokens,
    Webhooks,
    attempt,
)
from square_oauth.web import Page, Pages, WebHandlers, WebRequest, WebResponse

ID, SECRET = "sandbox-sq0idb-example", "sandbox-sq0csb-example"
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
SQUARE = OAuthClient(ID, SECRET, environment="sandbox")
WAITED = AsyncOAuthClient(ID, SECRET, environment="sandbox")
CLIENT = {"application_id": ID, "application_secret": SECRET, "environment": "sandbox"}
PUBLIC = {"application_id": ID, "environment": "sandbox"}
WEB: dict[str, Any] = {
    "client": SQUARE,
    "public_url": "http://localhost:3000",
    "scopes": SCOPES,
    "on_connected": lambda tokens, request: None,
    "on_event": lambda event: None,
}
HOOKS = Webhooks(notification_url="https://example.com/", signature_key="x")
ONE_OF = {"callback", "refresh_token", "migration_token", "all", "all_by_token", "only"}


class Odd:
    """What nothing takes."""

    def __repr__(self) -> str:
        raise AssertionError("what was handed over is not printed")

    __str__ = __repr__


# Each with arguments that are right, but for those that exclude each other.
CALLABLES: list[tuple[Any, dict[str, Any]]] = [
    (OAuthClient, CLIENT),
    (AsyncOAuthClient, CLIENT),
    (OAuthClient.public, PUBLIC),
    (AsyncOAuthClient.public, PUBLIC),
    *[(client.authorize, {"scopes": SCOPES}) for client in (SQUARE, WAITED)],
    *[(client.check_callback, {"callback": "/?state=x", "pending": "x"}) for client in (SQUARE, WAITED)],
    *[(client.complete, {"callback": "/?state=x", "pending": "x"}) for client in (SQUARE, WAITED)],
    *[(client.retrieve_token_status, {"access_token": "EAAA"}) for client in (SQUARE, WAITED)],
    *[(client.obtain_token, {"refresh_token": "EQAA"}) for client in (SQUARE, WAITED)],
    *[(client.revoke_token, {}) for client in (SQUARE, WAITED)],
    (Secret, {"text": "x"}),
    (Callback.unchecked, {"code": "x"}),
    (Environment, {"environment": "sandbox"}),
    (Environment.insecure_for_emulator, {"url": "http://emulator"}),
    (Environment("http://127.0.0.1:1").authorize_at, {"url": "http://127.0.0.1:1"}),
    (ManualClock, {"now": NOW}),
    (ManualClock(NOW).set, {"now": NOW}),
    (ManualClock(NOW).advance, {"by": 1}),
    (Subscription, {"notification_url": "https://example.com/", "signature_key": "x"}),
    (Webhooks, {}),
    (HOOKS.verify, {"body": b"", "signature": ""}),
    (attempt, {"callback": "/?state=x"}),
    (WebHandlers, WEB),
    (WebRequest, {"method": "GET", "target": "/", "headers": [], "body": b""}),
    (Page, {"title": "x", "text": "x"}),
    (Page.at, {"path": "/"}),
    (Pages, {}),
]
# Where the value's own checks name it otherwise.
FIELDS = {"insecure_for_emulator": "environment", "authorize_at": "authorize_url"}


def wrong_calls() -> Iterator[Any]:
    for function, right in CALLABLES:
        for name in inspect.signature(function).parameters:
            given = {**right, name: Odd()}
            if name in ONE_OF and function not in (SQUARE.complete, WAITED.complete):
                given = {other: value for other, value in given.items() if other == name or other not in ONE_OF}
            field = FIELDS.get(function.__name__, name)
            yield pytest.param(function, given, field, id=f"{function.__qualname__}-{name}")


def outcome(function: Any, given: dict[str, Any]) -> Any:
    called = function(**given)
    if inspect.iscoroutine(called):
        # Whatever is wrong shows before anything is waited for.
        called.send(None)
    return called


@pytest.mark.parametrize(("function", "given", "field"), list(wrong_calls()))
def test_an_argument_of_a_wrong_type_is_named_and_not_printed(function: Any, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidCall) as wrong:
        outcome(function, given)
    assert isinstance(wrong.value, (InvalidInput, TypeError))
    assert (wrong.value.field, wrong.value.code) == (field, "value_malformed")
    assert str(wrong.value).startswith(f"{field}: has to be ") and str(wrong.value).endswith(", not Odd")
    assert wrong.value.__cause__ is None and wrong.value.__context__ is None
    again = pickle.loads(pickle.dumps(wrong.value))
    assert type(again) is InvalidCall and vars(again) == vars(wrong.value)


def test_a_half_made_value_can_be_printed_and_lacks_what_others_lack() -> None:
    kinds = [OAuthClient, Secret, Environment, Subscription, Webhooks, ManualClock, Tokens, Page, Pages, WebRequest]
    for kind in kinds:
        made = kind.__new__(kind)
        assert repr(made).startswith(f"{kind.__name__}(")
        with pytest.raises(AttributeError, match=f"'{kind.__name__}' object has no attribute 'acces_token'"):
            _ = made.acces_token


def test_every_argument_was_tried() -> None:
    assert len(list(wrong_calls())) > 110


@pytest.mark.parametrize(
    ("call", "field", "code"),
    [
        (lambda: SQUARE.obtain_token(), None, "value_malformed"),
        (lambda: SQUARE.obtain_token(refresh_token="a", migration_token="b"), "migration_token", "value_unexpected"),
        (lambda: SQUARE.obtain_token(migration_token="b", short_lived=True), "short_lived", "value_unexpected"),
        (lambda: SQUARE.obtain_token(migration_token="b", scopes=SCOPES), "scopes", "value_unexpected"),
        (lambda: SQUARE.obtain_token(callback=Callback.unchecked("x"), scopes=SCOPES), "scopes", "value_unexpected"),
        (lambda: SQUARE.revoke_token(), None, "value_malformed"),
        (lambda: SQUARE.revoke_token(all="a", only=None), "only", "value_unexpected"),
        (lambda: SQUARE.authorize(scopes="ITEMS_READ"), "scopes", "value_malformed"),
        (lambda: SQUARE.authorize(scopes=SCOPES, session=1), "session", "value_malformed"),
        (lambda: SQUARE.authorize(scope=SCOPES), "scope", "option_unknown"),
        (lambda: OAuthClient(**CLIENT, timeout="5"), "timeout", "value_malformed"),
        (lambda: OAuthClient(**CLIENT, timeout=True), "timeout", "value_malformed"),
        (lambda: Webhooks([Subscription("https://x/", "k")], signature_key="k"), "signature_key", "value_unexpected"),
        (lambda: Webhooks("https://x/"), "subscriptions", "value_malformed"),
        (lambda: Webhooks(["https://x/"]), "subscriptions", "value_malformed"),
        (lambda: ManualClock(datetime(2026, 1, 1)), "now", "value_malformed"),
        (lambda: ManualClock(datetime(2026, 1, 1, tzinfo=Nowhere())), "now", "value_malformed"),
        (lambda: ManualClock(NOW).advance(-1), "by", "value_malformed"),
        (lambda: ManualClock(NOW).advance(timedelta(seconds=-1)), "by", "value_malformed"),
        (lambda: WebHandlers(**{**WEB, "webhooks": HOOKS, "on_event": None}), "on_event", "value_malformed"),
        (lambda: WebRequest("GET", "/", {"Host": "x"}), "headers", "value_malformed"),  # type: ignore[arg-type]
        (lambda: WebRequest("GET", "/", [("Host",)]), "headers", "value_malformed"),  # type: ignore[list-item]
    ],
)
def test_what_python_would_have_a_word_for_is_that_too(call: Any, field: str | None, code: str) -> None:
    with pytest.raises(InvalidCall) as wrong:
        call()
    assert isinstance(wrong.value, TypeError) and isinstance(wrong.value, InvalidInput)
    assert (wrong.value.field, wrong.value.code) == (field, code)


class Nowhere(tzinfo):
    """A zone that does not know where it is."""

    def utcoffset(self, _: datetime | None) -> None:
        return None


class Permission(str, enum.Enum):
    """As programs list their own."""

    PAYMENTS = "PAYMENTS_READ"

    def encode(self, *_: Any) -> bytes:
        raise AssertionError("methods of the program's own are not called")

    isascii = encode  # type: ignore[assignment]


def test_what_behaves_as_a_text_or_a_number_is_taken_for_what_it_holds(emulator: Emulator) -> None:
    square = emulator.client(timeout=Decimal("2.5"), extra_root_certificates=bytearray())
    url = square.authorize(scopes={Permission.PAYMENTS}).url
    assert "scope=PAYMENTS_READ" in url
    with pytest.raises(InvalidInput) as late:
        emulator.client(timeout=10**400)
    assert (late.value.field, late.value.code) == ("timeout", "value_out_of_range")


@pytest.mark.parametrize("kind", [Tokens, Callback, WebResponse, type(SQUARE.authorize(scopes=SCOPES))])
def test_what_only_calls_give_is_not_made_by_hand(kind: Any) -> None:
    with pytest.raises(TypeError, match="by hand"):
        kind()
