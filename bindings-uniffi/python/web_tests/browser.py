"""A seller's browser, as far as a server can see it."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass
class Page:
    status: int
    headers: http.client.HTTPMessage
    body: str

    @property
    def location(self) -> str:
        return self.headers["location"] or ""


class Browser:
    """Keeps cookies, follows nothing by itself, and presses buttons."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.cookies: dict[str, str] = {}

    def get(self, target: str, **headers: str) -> Page:
        return self.send("GET", target, b"", headers)

    def send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Page:
        to = urlsplit(target)
        connection = http.client.HTTPConnection(urlsplit(self.base_url).netloc, timeout=30)
        own = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, f"{to.path}?{to.query}" if to.query else to.path, body, {**own, **given})
        answer = connection.getresponse()
        page = Page(answer.status, answer.headers, answer.read().decode())
        connection.close()
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies.pop(name, None)
            if "max-age=0" not in cookie.lower():
                self.cookies[name] = value
        return page

    def press(self, page: Page, action: str, **headers: str) -> Page:
        """Sends the page's form that goes there, with what is hidden in it."""
        form = re.search(rf'<form method="post" action="{action}">(.*?)</form>', page.body, re.DOTALL)
        assert form is not None, page.body
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form.group(1))
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.send("POST", action, urlencode(hidden).encode(), {**kind, **headers})
