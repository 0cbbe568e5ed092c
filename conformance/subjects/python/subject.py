"""The Python package behind one HTTP address, for the judge; `conformance/SUBJECTS.md` is the contract.

python subject.py OAuthClient|AsyncOAuthClient
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from calls import CLIENT, finish
from square_oauth import AsyncOAuthClient
from square_oauth.web import WebHandlers, WebRequest, WebResponse
from stories import HANDLED, Stories


class Handler(BaseHTTPRequestHandler):
    """Calls, and the handlers that are for no framework."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.serve()

    def do_HEAD(self) -> None:
        self.serve()

    def do_POST(self) -> None:
        self.serve()

    def serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        path = self.path.partition("?")[0]
        if path not in HANDLED:
            status, shown = stories.control(path, body)
            self.answer(status, [("content-type", "application/json")], json.dumps(shown))
            return
        response = self.handled(path[1:], WebRequest(self.command, self.path, self.headers.items(), body))
        self.answer(response.status, response.headers, response.body)

    def handled(self, name: str, request: WebRequest) -> WebResponse:
        is_async = CLIENT is AsyncOAuthClient and name != "connect"
        handler = getattr(stories.handlers, f"a{name}" if is_async else name)
        response: WebResponse = finish(handler(request))
        return response

    def answer(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else data)

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
stories = Stories(WebHandlers, server.server_port, "http.server")
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps(stories.first_line), flush=True)
sys.stdin.read()
