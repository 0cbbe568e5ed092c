"""What sellers read: plain pages that work without scripts, with a keyboard and a screen reader."""

from __future__ import annotations

from html import escape

from connections import Connection

HEADERS = {
    "cache-control": "no-store",
    # Not "no-referrer": with that, browsers send "Origin: null" along with our own forms.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    # No frames: a page around ours could lay its own button over "Disconnect".
    "content-security-policy": "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
}


def page(title: str, content: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><link rel="icon" href="data:,">
</head>
<body><main><h1>{escape(title)}</h1>{content}</main></body>
</html>
"""


def status(sellers: list[tuple[Connection, str]]) -> str:
    rows = "".join(row(connection, standing) for connection, standing in sellers)
    return page("Square", (rows or "<p>Nobody is connected.</p>") + '<p><a href="/connect">Connect Square</a></p>')


def row(connection: Connection, standing: str) -> str:
    merchant_id = escape(connection.tokens.merchant_id)
    return f"""<section aria-labelledby="{merchant_id}">
<h2 id="{merchant_id}">Seller {merchant_id}</h2>
<p>{escape(standing)}</p>
<dl><dt>Access token good until</dt><dd>{connection.tokens.expires_at:%Y-%m-%d %H:%M} UTC</dd>
<dt>Last refreshed</dt><dd>{connection.refreshed_at:%Y-%m-%d %H:%M} UTC</dd></dl>
{button("/refresh", "Refresh now", merchant_id)}{button("/disconnect", "Disconnect", merchant_id)}
</section>"""


def button(action: str, label: str, merchant_id: str) -> str:
    return f"""<form method="post" action="{action}">
<input type="hidden" name="merchant_id" value="{merchant_id}">
<button aria-describedby="{merchant_id}">{label}</button></form>"""


NOT_FROM_HERE = page(
    "Please use the button on this site",
    '<p>The request came from somewhere else, so nothing was changed.</p><p><a href="/status">Your status</a></p>',
)
NOT_REFRESHED = page(
    "Square did not refresh the connection",
    '<p>It stays as it is. Please try again later.</p><p><a href="/status">Your status</a></p>',
)
NOT_DISCONNECTED = page(
    "We could not disconnect you",
    '<p>You are still connected. Please try again.</p><p><a href="/status">Your status</a></p>',
)
