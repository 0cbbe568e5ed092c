"""The story once more, by a program in Python against the same emulator.

The first line says who tells it, each further one a step and, after a tab, what it has shown.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
from importlib.metadata import version
from urllib.request import Request, urlopen

from square_oauth import (
    AsyncOAuthClient,
    Configuration,
    InvalidCallback,
    OAuthClient,
    OAuthError,
    ReauthorizationRequired,
    Rejected,
    attempt,
)

ENVIRONMENT = os.environ["SQUARE_ENVIRONMENT"]
APPLICATION_ID = os.environ["SQUARE_APPLICATION_ID"]
APPLICATION_SECRET = os.environ["SQUARE_APPLICATION_SECRET"]
CONTROL_URL = os.environ["EMULATOR_CONTROL_URL"]


def shows(step: str, text: str) -> None:
    print(f"{step}\t{text}", flush=True)


def allow(url: str) -> str:
    """The seller allows; yields where the browser goes."""
    body = json.dumps({"url": url, "decision": "allow"}).encode()
    with urlopen(Request(f"{CONTROL_URL}/consent", body, {"content-type": "application/json"})) as answer:
        redirect: str = json.load(answer)["redirect"]
        return redirect


def refused(error: OAuthError, code: str) -> str:
    assert error.code == code, error
    return f"{type(error).__name__}: {error.code}"


def story() -> None:
    try:
        OAuthClient(APPLICATION_ID, "sandbox-sq0csb-a-wrong-one", environment=ENVIRONMENT).check_application()
        raise AssertionError("a wrong secret was accepted")
    except Configuration as error:
        shows("a wrong secret", refused(error, "application_rejected"))

    with OAuthClient(APPLICATION_ID, APPLICATION_SECRET, environment=ENVIRONMENT) as square:
        square.check_application()
        shows("check_application()", "ID, secret and environment are right")

        session = {}
        authorization = square.authorize(scopes=["MERCHANT_PROFILE_READ", "PAYMENTS_READ"])
        session[authorization.attempt] = authorization.pending
        shows("authorize(scopes=...)", authorization.url.partition("?")[0])
        callback = allow(authorization.url)
        pending = session.pop(attempt(callback))
        tokens = square.complete(callback, pending)
        shows("complete(callback, pending)", f"{tokens!r}")
        assert tokens.access_token.expose() not in f"{tokens} {tokens!r}"

        try:
            square.complete(callback, session.pop(attempt(callback), None))
            raise AssertionError("a reload connected a second time")
        except InvalidCallback as error:
            shows("the page is reloaded", refused(error, "pending_missing"))
        try:
            square.complete(callback, pending)
            raise AssertionError("a code was good twice")
        except ReauthorizationRequired as error:
            shows("the code, a second time", refused(error, "code_rejected"))

        status = square.retrieve_token_status(tokens.access_token)
        assert status.merchant_id == tokens.merchant_id
        shows("retrieve_token_status(...)", ", ".join(status.scopes))
        asyncio.run(refresh(tokens.refresh_token))

        square.revoke_token(all=tokens.merchant_id)
        shows("revoke_token(all=...)", "done")
        try:
            square.retrieve_token_status(tokens.access_token)
            raise AssertionError("a revoked token is still good")
        except Rejected as error:
            shows("the access token", refused(error, "access_token_rejected"))


async def refresh(refresh_token: object) -> None:
    async with AsyncOAuthClient(APPLICATION_ID, APPLICATION_SECRET, environment=ENVIRONMENT) as square:
        tokens = await square.obtain_token(refresh_token=refresh_token)
        assert tokens.refresh_token == refresh_token
        shows("await obtain_token(refresh_token=...)", f"good until {tokens.expires_at:%Y-%m-%d %H:%M} UTC")


print(
    f"{platform.python_implementation()} {platform.python_version()}, square-oauth {version('square-oauth')}",
    flush=True,
)
story()
