"""The Python package behind one HTTP address, for the judge; `conformance/SUBJECTS.md` is the contract.

python subject.py OAuthClient|AsyncOAuthClient
"""

from __future__ import annotations

import asyncio
import base64
import functools
import inspect
import json
import os
import platform
import sys
import threading
import traceback
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import square_oauth as so

CLIENT = getattr(so, sys.argv[1])
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
LOOP = asyncio.new_event_loop()


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


def ms(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // MILLISECOND


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


def exposed(secret: so.Secret | None) -> str | None:
    return None if secret is None else secret.expose()


def tokens(of: so.Tokens) -> dict[str, Any]:
    return {
        "access_token": of.access_token.expose(),
        "token_type": of.token_type,
        "expires_at": ms(of.expires_at),
        "merchant_id": of.merchant_id,
        "refresh_token": exposed(of.refresh_token),
        "refresh_token_expires_at": ms(of.refresh_token_expires_at),
        "short_lived": of.short_lived,
        "subscription_id": of.subscription_id,
        "plan_id": of.plan_id,
        "id_token": exposed(of.id_token),
        "ignored_fields": list(of.ignored_fields),
    }


def obtain(square: Any, given: dict[str, Any]) -> so.Tokens:
    grant, options = given.pop("grant"), {}
    for name in ("short_lived", "use_jwt") if grant != "migration_token" else ():
        if name in given:
            options[name] = given.pop(name)
    if grant == "callback":
        only(given, "callback", "pending")
        options["callback"] = square.check_callback(given["callback"], given["pending"])
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
    event = webhooks.verify(body, given.get("signature"))
    shown = {**vars(event), "created_at": ms(event.created_at)}
    if isinstance(event, so.AuthorizationRevoked):
        shown["revoked_at"] = ms(event.revoked_at)
    return shown


def perform(op: str, config: dict[str, Any], now_ms: int, given: dict[str, Any]) -> dict[str, Any]:
    if op == "webhook":
        return webhook(config, given)
    if op == "attempt":
        return {"attempt": so.attempt(only(given, "callback")["callback"])}
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
    if op == "callback":
        only(given, "callback", "pending")
        square.check_callback(given["callback"], given["pending"])
        return {}
    if op == "complete":
        only(given, "callback", "pending")
        return tokens(finish(square.complete(given["callback"], given["pending"])))
    if op == "obtain_token":
        return tokens(obtain(square, given))
    if op == "revoke_token":
        finish(square.revoke_token(**only(given, "all", "all_by_token", "only")))
        return {}
    if op == "retrieve_token_status":
        status = finish(square.retrieve_token_status(only(given, "access_token")["access_token"]))
        return {**vars(status), "expires_at": ms(status.expires_at)}
    if op == "check_application":
        only(given)
        finish(square.check_application())
        return {}
    raise Unknown(f"unknown op: {op}")


def shown_error(error: so.OAuthError) -> dict[str, Any]:
    names = ("kind", "code", "field", "http_status", "retryable", "request_may_have_arrived")
    fields = {name: getattr(error, name) for name in names}
    fields["message"] = str(error)
    fields["errors"] = [vars(one) for one in error.errors]
    fields["retry_after_s"] = None if error.retry_after is None else error.retry_after.total_seconds()
    printed = [str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error))]
    return {"error": fields, "printed": printed}


def answered(text: bytes) -> tuple[int, dict[str, Any]]:
    """What comes of a call: status and body."""
    call = json.loads(text)
    try:
        return 200, {"ok": perform(call["op"], call["config"], call["now_ms"], call["input"])}
    except so.OAuthError as error:
        return 200, shown_error(error)
    except Exception as error:
        return 400, {"message": f"{type(error).__name__}: {error}"}


class Handler(BaseHTTPRequestHandler):
    """One address, one call."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(200, FIRST_LINE)

    def do_POST(self) -> None:
        self.answer(*answered(self.rfile.read(int(self.headers["content-length"]))))

    def answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def first_line(port: int, served_by: str = "") -> dict[str, Any]:
    return {
        "base_url": f"http://127.0.0.1:{port}",
        "language": "python",
        "runtime": f"{platform.python_implementation()} {platform.python_version()}",
        "loaded": f"{CLIENT.__name__} of {os.path.basename(os.path.dirname(os.path.dirname(so.__file__)))}{served_by}",
    }


threading.Thread(target=LOOP.run_forever, daemon=True).start()
if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    FIRST_LINE = first_line(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(FIRST_LINE), flush=True)
    sys.stdin.read()
