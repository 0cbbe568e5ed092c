"""What cannot be right is refused before anything is sent, by the names that every language uses."""

from __future__ import annotations

import pickle
import traceback
from datetime import timedelta
from typing import Any

import pytest

import square_oauth
from conftest import SCOPES, Emulator
from square_oauth import (
    AsyncOAuthClient,
    Environment,
    InternalError,
    InvalidCallback,
    InvalidInput,
    OAuthClient,
    OAuthError,
    RateLimited,
    SquareError,
    attempt,
)
from square_oauth._bridge import ffi
from square_oauth._errors import translate

CLIENTS = [OAuthClient, AsyncOAuthClient]
ID, SECRET = "sandbox-sq0idb-example", "sandbox-sq0csb-example"


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("arguments", "options", "field", "code"),
    [
        ((ID, None), {}, "application_secret", "value_missing"),
        ((ID, ""), {}, "application_secret", "value_missing"),
        ((None, SECRET), {}, "application_id", "value_missing"),
        ((ID, SECRET + "\n"), {}, "application_secret", "value_malformed"),
        ((ID, SECRET + "\ud800"), {}, "application_secret", "value_malformed"),
        ((f'"{ID}"', SECRET), {}, "application_id", "value_malformed"),
        ((SECRET, ID), {}, "application_id", "value_malformed"),
        (("sq0idp-example", SECRET), {}, "application_id", "environment_mismatch"),
        ((ID, SECRET), {"environment": None}, "environment", "value_missing"),
        ((ID, SECRET), {"environment": "sandbx"}, "environment", "value_unknown"),
        ((ID, SECRET), {"environment": "http://example.com"}, "environment", "value_malformed"),
        ((ID, SECRET), {"authorize_url": "http://127.0.0.1"}, "authorize_url", "value_unexpected"),
        ((ID, SECRET), {"timeout": 0.05}, "timeout", "value_out_of_range"),
        ((ID, SECRET), {"timeout": -1}, "timeout", "value_out_of_range"),
        ((ID, SECRET), {"timeout": float("nan")}, "timeout", "value_out_of_range"),
        ((ID, SECRET), {"timeout": float("inf")}, "timeout", "value_out_of_range"),
        ((ID, SECRET), {"timeout": timedelta.max}, "timeout", "value_out_of_range"),
        ((ID, SECRET), {"pending_lifetime": timedelta(seconds=59)}, "pending_lifetime", "value_out_of_range"),
        ((ID, SECRET), {"square_version": "today"}, "square_version", "value_malformed"),
        ((ID, SECRET), {"proxy": "socks5://x"}, "proxy", "value_malformed"),
        ((ID, SECRET), {"extra_root_certificates": b"no"}, "extra_root_certificates", "value_malformed"),
        ((ID, SECRET), {"previous_application_secret": ""}, "previous_application_secret", "value_missing"),
    ],
)
def test_a_client_is_not_made_of_what_is_wrong(
    client: Any, arguments: tuple[Any, ...], options: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        client(*arguments, **{"environment": "sandbox", **options})
    assert (refused.value.field, refused.value.code) == (field, code)
    assert refused.value.kind == "invalid_input" and not refused.value.request_may_have_arrived


@pytest.mark.parametrize("client", CLIENTS)
def test_a_misspelt_option_gets_the_nearest_real_one(client: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        client(ID, SECRET, enviroment="sandbox")
    assert (refused.value.field, refused.value.code) == ("enviroment", "option_unknown")
    assert "environment" in str(refused.value)
    with pytest.raises(InvalidInput) as refused:
        client.public(ID, environment="sandbox", time_out=3)
    assert "timeout" in str(refused.value)
    with pytest.raises(InvalidInput) as refused:
        client(ID, SECRET, environment="sandbox").authorize(scope=["ITEMS_READ"])
    assert "scopes" in str(refused.value)


def test_an_option_that_is_no_name_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as refused:
        OAuthClient(ID, SECRET, environment="sandbox", **{"sq0csp-in-the-wrong-place": 1})  # type: ignore[arg-type]
    assert "sq0csp" not in str(refused.value) and refused.value.field is None


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda square: square.authorize(scopes=[]), "scopes"),
        (lambda square: square.authorize(scopes=["A B"]), "scopes"),
        (lambda square: square.obtain_token(refresh_token=None), "refresh_token"),
        (lambda square: square.obtain_token(refresh_token="a b"), "refresh_token"),
        (lambda square: square.obtain_token(migration_token=""), "migration_token"),
        (lambda square: square.revoke_token(all=None), "merchant_id"),
        (lambda square: square.revoke_token(only=""), "access_token"),
        (lambda square: square.retrieve_token_status(None), "access_token"),
    ],
)
def test_a_call_that_cannot_be_right_is_not_sent(emulator: Emulator, call: Any, field: str) -> None:
    before = emulator.requests()
    with pytest.raises(InvalidInput) as refused:
        call(emulator.client())
    assert refused.value.field == field
    assert emulator.requests() == before


def test_an_attempt_is_read_and_a_callback_without_state_refused() -> None:
    assert attempt("/callback?state=abc") == attempt("https://example.com/?code=x&state=abc")
    with pytest.raises(InvalidCallback) as refused:
        attempt("/callback?code=x")
    assert refused.value.code == "state_missing"


def test_environments_are_words_urls_and_comparable() -> None:
    assert str(Environment("Production")) == "production"
    assert Environment("https://connect.squareupsandbox.com/") == Environment("sandbox")
    assert len({Environment("sandbox"), Environment("SANDBOX"), Environment("production")}) == 2
    emulator = Environment.insecure_for_emulator("http://emulator:8080").authorize_at("http://localhost:8080")
    assert (emulator.base_url, emulator.authorize_base_url) == ("http://emulator:8080", "http://localhost:8080")
    assert repr(emulator) == "Environment('http://emulator:8080').authorize_at('http://localhost:8080')"
    assert repr(Environment("sandbox")) == "Environment('sandbox')"
    OAuthClient(ID, SECRET, environment=emulator)
    with pytest.raises(InvalidInput):
        OAuthClient("sq0idp-example", SECRET, environment=emulator)


def test_every_kind_has_its_class_and_its_name() -> None:
    kinds = {kind.name.lower() for kind in ffi.ErrorKind}
    classes = [thing for thing in vars(square_oauth).values() if isinstance(thing, type)]
    errors = [thing for thing in classes if OAuthError in thing.__bases__]
    assert {error.kind for error in errors} == kinds and len(errors) == len(kinds)


def test_an_error_survives_a_task_queue() -> None:
    errors = (SquareError("A", "B", "c", None),)
    error = RateLimited("m", code="application_limit", http_status=429, errors=errors, retry_after=timedelta(seconds=3))
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is RateLimited and vars(back) == vars(error) and str(back) == "m"
    # Where a queue keeps class and arguments alone, class, message and code are left.
    again = type(error)(*error.args)
    assert (str(again), again.code) == ("m", "application_limit")


def test_a_bug_on_the_other_side_is_an_error_that_says_nothing_of_what_it_held() -> None:
    error = translate(ffi.InternalError("called with the-secret"))
    assert (type(error), error.code, error.retryable) == (InternalError, "panicked", False)
    assert "the-secret" not in str(error) + repr(error) + repr(vars(error))


def test_an_error_reads_as_its_message_in_one_line(emulator: Emulator) -> None:
    with pytest.raises(OAuthError) as failed:
        emulator.client().retrieve_token_status("EAAA-unknown")
    error = failed.value
    assert error.args == (str(error), error.code) and "\n" not in str(error)
    assert traceback.format_exception_only(type(error), error) == [f"square_oauth.Rejected: {error}\n"]


def test_an_answer_becomes_a_typed_error(emulator: Emulator) -> None:
    errors = [{"category": "RATE_LIMIT_ERROR", "code": "RATE_LIMITED", "detail": "Too many"}]
    emulator.answer(429, {"errors": errors}, "/oauth2/token/status", **{"retry-after": "30"})
    with pytest.raises(RateLimited) as limited:
        emulator.client(timeout=5).retrieve_token_status("EAAA-x")
    error = limited.value
    assert (error.http_status, error.retry_after, error.retryable) == (429, timedelta(seconds=30), True)
    assert error.errors == (SquareError("RATE_LIMIT_ERROR", "RATE_LIMITED", "Too many", None),)
    assert error.__cause__ is None and error.__context__ is None


def test_nothing_is_sent_twice_that_may_have_been_spent(emulator: Emulator) -> None:
    square = emulator.client()
    authorization = square.authorize(scopes=SCOPES)
    url = emulator.consent(authorization.url)
    emulator.fault({"drop": "after_commit"}, path="/oauth2/token")
    with pytest.raises(square_oauth.TransportError) as lost:
        square.complete(url, authorization.pending)
    assert lost.value.request_may_have_arrived and not lost.value.retryable
