"""What the tests share: Square's emulator, and a server that never answers."""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest

import square_oauth
from square_oauth import OAuthClient, Tokens
from square_oauth._bridge import ffi

SCOPES = ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"]


class Emulator:
    """Square's OAuth server, local."""

    def __init__(self, first_line: dict[str, str]) -> None:
        self.base_url = first_line["base_url"]
        self.application = (first_line["client_id"], first_line["client_secret"])
        self.webhook_signature_key = first_line["webhook_signature_key"]
        self._control_url = first_line["control_url"]

    def control(self, path: str, body: Any = None, method: str = "POST") -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self._control_url}/{path}", data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def consent(self, url: str, decision: str = "allow") -> str:
        redirect: str = self.control("consent", {"url": url, "decision": decision})["redirect"]
        return redirect

    def answer(self, status: int, body: Any, path: str, **headers: str) -> None:
        """What the next request to this path is answered with."""
        act = {"answer": {"status": status, "headers": {"content-type": "application/json", **headers}}}
        act["answer"]["body"] = json.dumps(body)
        self.fault(act, path=path)

    def fault(self, act: dict[str, Any], **match: Any) -> None:
        self.control("faults", {"match": match, "act": act})

    def requests(self) -> int:
        answer = self.control("requests?since=0", method="GET")
        return len(answer["requests"])

    def client(self, **options: Any) -> OAuthClient:
        return OAuthClient(*self.application, environment=self.base_url, **options)

    def connect(self, client: OAuthClient) -> Tokens:
        authorization = client.authorize(scopes=SCOPES)
        return client.complete(self.consent(authorization.url), authorization.pending)


class Listener:
    """A server over bare sockets, with a thread for each connection."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self._listener.close()


class Silent(Listener):
    """It takes requests and never answers; it sees when a client hangs up."""

    def __init__(self) -> None:
        self.arrived = 0
        self.left = 0
        self._changed = threading.Condition()
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        with connection:
            if connection.recv(1):
                self._count(arrived=1)
            while connection.recv(65536):
                pass
        self._count(left=1)

    def _count(self, arrived: int = 0, left: int = 0) -> None:
        with self._changed:
            self.arrived += arrived
            self.left += left
            self._changed.notify_all()

    def wait(self, *, arrived: int = 0, left: int = 0, seconds: float = 10) -> None:
        with self._changed:
            reached = self._changed.wait_for(lambda: self.arrived >= arrived and self.left >= left, seconds)
        assert reached, f"arrived {self.arrived}, left {self.left}"


@pytest.fixture(scope="session")
def _started() -> Iterator[dict[str, str]]:
    program = os.environ["SQUARE_OAUTH_EMULATOR"]
    started = subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with started as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


@pytest.fixture
def emulator(_started: dict[str, str]) -> Iterator[Emulator]:
    emulator = Emulator(_started)
    emulator.control("reset", {})
    yield emulator


@pytest.fixture
def silent() -> Iterator[Silent]:
    server = Silent()
    yield server
    server.close()


def live_objects() -> int:
    """The objects alive on the other side, exchanges included."""
    gc.collect()
    return int(ffi.live_objects())


def settles_at(count: int, seconds: float = 5) -> None:
    """What was let go of is gone a moment later at most."""
    end = time.monotonic() + seconds
    while live_objects() != count and time.monotonic() < end:
        time.sleep(0.01)
    assert live_objects() == count


def pytest_report_header() -> str:
    return f"square_oauth from {os.path.dirname(square_oauth.__file__)}"


def pytest_configure() -> None:
    # Against the installed wheel or against nothing.
    assert "site-packages" in square_oauth.__file__, square_oauth.__file__
