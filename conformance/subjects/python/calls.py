"""Each call of the judge's as one of the library's own, and what comes of it as JSON."""

from __future__ import annotations

import asyncio
import base64
import functools
import inspect
import json
import sys
import threading
import traceback
from datetime import datetime, timedelta, timezone
from typing import Any

import square_oauth as so

CLIENT = getattr(so, sys.argv[1])
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
LOOP = asyncio.new_event_loop()
TOKENS = (
    *("access_token", "token_type", "expires_at", "merchant_id", "refresh_token", "refresh_token_expires_at"),
    *("short_lived", "subscription_id", "plan_id", "id_token", "ignored_fields"),
)

threading.Thread(target=LOOP.run_forever, daemon=True).start()


def answered(text: bytes) -> tuple[int, dict[str, Any]]:
    """What comes of a call: status and body."""
    call = json.loads(text)
    try:
        return 200, {"ok": perform(call["op"], call["config"], call["now_ms"], call["input"])}
    except so.OAuthError as error:
        return 200, shown_error(error)
    except Exception as error:
        return 400, {"message": f"{type(error).__name__}: {error}"}


def perform(op: str, config: dict[str, Any], now_ms: int, given: dict[str, Any]) -> dict[str, Any]:
    if op == "webhook":
        return webhook(config, given)
    if op == "attempt":
        return {"attempt": so.attempt(**only(given, "callback"))}
    if op == "environment":
        environment = where(only(given, "environment", "insecure_environment", "authorize_url"))
        urls = {"base_url": environment.base_url, "authorize_base_url": environment.authorize_base_url}
        return {"name": str(environment), **urls}
    square = client_for(json.dumps(config, sort_keys=True), now_ms)
    if op == "client":
        return only(given)
    if op == "authorize":
        to = square.authorize(**{"scopes": [], **only(given, "scopes", "session", "locale", "redirect_uri")})
        return {"url": to.url, "attempt": to.attempt, "pending": to.pending}
    if op in ("callback", "complete"):
        back = only(given, "callback", "pending")
        return tokens(finish(square.complete(**back))) if op == "complete" else done(square.check_callback(**back))
    if op == "obtain_token":
        return tokens(obtain(square, given))
    if op == "revoke_token":
        return done(finish(square.revoke_token(**only(given, "all", "all_by_token", "only"))))
    if op == "retrieve_token_status":
        return fields(finish(square.retrieve_token_status(**only(given, "access_token"))))
    if op == "check_application":
        return done(finish(square.check_application(**only(given))))
    raise Unknown(f"unknown op: {op}")


def shown_error(error: so.OAuthError) -> dict[str, Any]:
    names = ("kind", "code", "field", "http_status", "retryable", "request_may_have_arrived")
    said = {name: getattr(error, name) for name in names}
    said["message"] = str(error)
    said["errors"] = [fields(one) for one in error.errors]
    said["retry_after_s"] = None if error.retry_after is None else error.retry_after.total_seconds()
    printed = [str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error))]
    return {"error": said, "printed": printed}


class Unknown(Exception):
    """The judge says something that this subject does not know."""


def only(given: dict[str, Any], *names: str) -> dict[str, Any]:
    """The values that are there; a name beyond these is unknown."""
    for name in given.keys() - set(names):
        raise Unknown(f"unknown key: {name}")
    return given


def finish(called: Any) -> Any:
    """What a call yields, whichever client made it."""
    return asyncio.run_coroutine_threadsafe(called, LOOP).result() if inspect.isawaitable(called) else called


def where(config: dict[str, Any]) -> so.Environment:
    insecure = config.get("insecure_environment")
    found = (
        so.Environment(config["environment"]) if insecure is None else so.Environment.insecure_for_emulator(insecure)
    )
    at = config.get("authorize_url")
    return found if at is None else found.authorize_at(at)


@functools.lru_cache(maxsize=64)
def client_for(text: str, now_ms: int) -> Any:
    config = only(
        json.loads(text),
        *("environment", "insecure_environment", "authorize_url", "application_id", "application_secret", "public"),
        *("previous_application_secret", "timeout_ms", "pending_lifetime_ms", "square_version"),
    )
    options: dict[str, Any] = {"environment": where(config), "clock": so.ManualClock(EPOCH + now_ms * MILLISECOND)}
    for name in ("timeout", "pending_lifetime"):
        if f"{name}_ms" in config:
            options[name] = config[f"{name}_ms"] * MILLISECOND
    for name in ("square_version", "previous_application_secret"):
        if name in config:
            options[name] = config[name]
    if config.get("public"):
        return CLIENT.public(config["application_id"], **options)
    return CLIENT(config["application_id"], config.get("application_secret"), **options)


def shown(value: Any) -> Any:
    """A value as the judge reads it."""
    if isinstance(value, so.Secret):
        return value.expose()
    return (value - EPOCH) // MILLISECOND if isinstance(value, datetime) else value


def tokens(of: so.Tokens) -> dict[str, Any]:
    return {name: shown(getattr(of, name)) for name in TOKENS}


def fields(of: Any) -> dict[str, Any]:
    """What a record without secrets holds."""
    return {name: shown(value) for name, value in vars(of).items()}


def done(_: object) -> dict[str, Any]:
    """What is said of a call of which there is nothing to say."""
    return {}


def obtain(square: Any, given: dict[str, Any]) -> so.Tokens:
    grant, options = given.pop("grant"), {}
    for name in ("short_lived", "use_jwt") if grant != "migration_token" else ():
        if name in given:
            options[name] = given.pop(name)
    if grant == "callback":
        options["callback"] = square.check_callback(**only(given, "callback", "pending"))
    elif grant == "authorization_code":
        only(given, "code", "redirect_uri", "code_verifier")
        options["callback"] = so.Callback.unchecked(given.pop("code"), **given)
    elif grant in ("refresh_token", "migration_token"):
        options |= only(given, grant, *(["scopes"] if grant == "refresh_token" else []))
    else:
        raise Unknown(f"unknown grant: {grant}")
    result: so.Tokens = finish(square.obtain_token(**options))
    return result


def webhook(config: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    only(config, "subscriptions")
    only(given, "body", "body_base64", "signature")
    webhooks = so.Webhooks([so.Subscription(**subscription) for subscription in config["subscriptions"]])
    body = base64.b64decode(given["body_base64"]) if "body_base64" in given else given["body"].encode()
    return fields(webhooks.verify(body, given.get("signature")))
