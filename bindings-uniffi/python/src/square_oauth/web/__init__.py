"""The handlers of a web server that connects Square sellers: connect, callback, webhook.

``square_oauth.web.starlette`` (FastAPI too), ``square_oauth.web.flask`` and ``square_oauth.web.django`` each have a
``WebHandlers`` that takes their framework's requests. The one here takes plain ones, for every other framework.
"""

from __future__ import annotations

from square_oauth.web._handlers import WebHandlers
from square_oauth.web._messages import WebRequest, WebResponse
from square_oauth.web._pages import Page, Pages

__all__ = ["Page", "Pages", "WebHandlers", "WebRequest", "WebResponse"]

# Where they can be imported from is where they are.
for _thing in (Page, Pages, WebHandlers, WebRequest, WebResponse):
    _thing.__module__ = __name__
del _thing
