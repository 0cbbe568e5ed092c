"""What sellers read on their way."""

from __future__ import annotations

from typing import Any, final

from square_oauth import _convert
from square_oauth._bridge import ffi
from square_oauth._entry import entry
from square_oauth._values import Opaque


@final
class Page(Opaque):
    """One page: the library's plain one with these words, or, by ``Page.at``, one of your own."""

    __slots__ = ()

    @entry
    def __init__(self, title: str, text: str) -> None:
        """The plain page that the library writes, with this ``title`` and ``text``. Both are escaped.

        They are checked where the handlers are made, which raises ``InvalidInput``.
        """
        self._inner = ffi.Page.WORDS(title=_convert.text(title, "title"), text=_convert.text(text, "text"))

    @classmethod
    @entry
    def at(cls, path: str) -> Page:
        """A page of your own at ``path``: one slash, then more. Sellers are redirected there.

        It is checked where the handlers are made, which raises ``InvalidInput``.
        """
        return cls._of(ffi.Page.AT(_convert.text(path, "path")))

    def _shown(self) -> str:
        if self._inner.is_AT():
            return f"Page.at({self._inner[0]!r})"
        return f"Page({self._inner.title!r}, {self._inner.text!r})"


@final
class Pages(Opaque):
    """The pages that sellers may see on their way; what is not given is the library's own, in English."""

    __slots__ = ()

    @entry
    def __init__(
        self,
        *,
        ask: Page | None = None,
        declined: Page | None = None,
        over: Page | None = None,
        expired: Page | None = None,
        later: Page | None = None,
        failed: Page | None = None,
        language: str | None = None,
        connect_label: str | None = None,
        not_now_label: str | None = None,
        back_label: str | None = None,
        stylesheet: str | None = None,
    ) -> None:
        """Choose among them.

        :param ask: for whoever comes to *connect* from another site. A page of your own gets ``return_to`` in its
            query; it holds a form that posts ``return_to`` to the connect path, and must not be framed
            (``Content-Security-Policy: frame-ancestors 'none'``) nor have ``Referrer-Policy: no-referrer``
        :param declined: the seller said no
        :param over: it came a second time, or belongs to nothing we know
        :param expired: it took too long, twice
        :param later: Square cannot be reached
        :param failed: yours to repair
        :param language: the language of all these words, as in HTML's ``lang``
        :param connect_label: the label of the button and link that start
        :param not_now_label: the label of the link that leaves *ask* without starting
        :param back_label: the label of the link to your application
        :param stylesheet: a style sheet of your own, as a path on your server

        They are checked where the handlers are made, which raises ``InvalidInput``.
        """
        pages = {"ask": ask, "declined": declined, "over": over, "expired": expired, "later": later, "failed": failed}
        words = {
            "language": language,
            "connect_label": connect_label,
            "not_now_label": not_now_label,
            "back_label": back_label,
            "stylesheet": stylesheet,
        }
        chosen: dict[str, Any] = {
            name: _convert.instance(page, Page, name)._inner for name, page in pages.items() if page is not None
        }
        chosen.update({name: _convert.text(word, name) for name, word in words.items() if word is not None})
        self._inner = chosen

    def _shown(self) -> str:
        return f"Pages({', '.join(self._inner)})"
