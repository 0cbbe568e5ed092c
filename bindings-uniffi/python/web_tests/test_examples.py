"""The examples, started as their pages say, and used by a seller."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from browser import Browser, Page
from conftest import Emulator

EXAMPLES = Path(os.environ["SQUARE_OAUTH_EXAMPLES"])
WEBHOOK = "/webhooks/square"
PROGRAMS = {
    "python-fastapi": ["-m", "uvicorn", "--app-dir", str(EXAMPLES / "python-fastapi"), "app:app", "--port", "{port}"],
    "python-django": [str(EXAMPLES / "python-django" / "manage.py"), "runserver", "--noreload", "{port}"],
}
examples = pytest.mark.parametrize("name", PROGRAMS)


@contextmanager
def started(name: str, emulator: Emulator) -> Iterator[Browser]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    here = f"http://localhost:{port}"
    emulator.control("applications", {"redirect_uri": f"{here}/callback"}, "PUT")
    environment = {
        **os.environ,
        "PUBLIC_URL": here,
        "SQUARE_ENVIRONMENT": emulator.base_url,
        "SQUARE_APPLICATION_ID": emulator.application[0],
        "SQUARE_APPLICATION_SECRET": emulator.application[1],
        "SQUARE_WEBHOOK_SIGNATURE_KEY": emulator.webhook_signature_key,
    }
    words = [word.format(port=port) for word in PROGRAMS[name]]
    process = subprocess.Popen(
        [sys.executable, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    browser = Browser(here)
    try:
        until(lambda: process.poll() is not None or answers(browser))
        assert process.poll() is None, process.communicate()[0]
        yield browser
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=20)
    # Whatever it logged, no secret was in it.
    assert "EAAA" not in said and "EQAA" not in said and emulator.application[1] not in said, said
    assert "Traceback" not in said, said


def answers(browser: Browser) -> bool:
    try:
        return browser.get("/status").status == 200
    except OSError:
        return False


def until(is_so: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def connect(browser: Browser, emulator: Emulator, decision: str = "allow") -> Page:
    out = browser.get("/connect", sec_fetch_site="same-origin")
    assert out.status == 303, out
    return browser.get(emulator.consent(out.location, decision), sec_fetch_site="cross-site")


def merchant(page: Page) -> str:
    found = re.search(r"Seller (\w+)", page.body)
    assert found is not None, page.body
    return found.group(1)


@examples
def test_a_seller_connects_refreshes_and_disconnects(name: str, emulator: Emulator) -> None:
    with started(name, emulator) as browser:
        assert "Nobody is connected" in browser.get("/status").body
        declined = connect(browser, emulator, "deny")
        assert "You chose not to connect" in browser.get(declined.location).body

        assert connect(browser, emulator).location == "/status"
        page = browser.get("/status")
        assert "Permissions: MERCHANT_PROFILE_READ, PAYMENTS_READ" in page.body
        asked = browser.get("/connect", sec_fetch_site="cross-site")
        assert asked.status == 200
        assert browser.press(asked, "/connect", sec_fetch_site="same-origin").status == 303

        foreign = Browser(browser.base_url)
        assert (
            foreign.press(page, "/disconnect", sec_fetch_site="cross-site", origin="https://evil.example").status == 403
        )

        own = {"sec_fetch_site": "same-origin", "origin": browser.base_url}
        assert browser.press(page, "/refresh", **own).location == "/status"
        page = browser.get("/status")
        assert browser.press(page, "/disconnect", **own).location == "/status"
        assert "Nobody is connected" in browser.get("/status").body


@examples
def test_a_seller_who_disconnects_at_square_is_gone_here_too(name: str, emulator: Emulator) -> None:
    with started(name, emulator) as browser:
        connect(browser, emulator)
        merchant_id = merchant(browser.get("/status"))

        def deliver(event_id: str, revoked_at: str, key: str) -> int:
            event: dict[str, Any] = {"merchant_id": merchant_id, "type": "oauth.authorization.revoked"}
            event |= {"event_id": event_id, "created_at": revoked_at}
            revocation = {"revoked_at": revoked_at, "revoker_type": "MERCHANT"}
            event["data"] = {"type": "revocation", "id": "r", "object": {"revocation": revocation}}
            body = json.dumps(event).encode()
            signed = hmac.digest(key.encode(), f"{browser.base_url}{WEBHOOK}".encode() + body, hashlib.sha256)
            headers = {"x-square-hmacsha256-signature": base64.b64encode(signed).decode()}
            return Browser(browser.base_url).send("POST", WEBHOOK, body, headers).status

        key = emulator.webhook_signature_key
        assert deliver("e1", "2099-01-01T00:00:00Z", "another key") == 401
        assert deliver("e2", "2001-01-01T00:00:00Z", key) == 204
        assert merchant(browser.get("/status")) == merchant_id
        assert deliver("e3", "2099-01-01T00:00:00Z", key) == 204
        assert "Nobody is connected" in browser.get("/status").body
        connect(browser, emulator)
        assert deliver("e3", "2099-01-01T00:00:00Z", key) == 204
        assert merchant(browser.get("/status")) == merchant_id
