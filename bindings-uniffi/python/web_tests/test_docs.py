"""The programs of the pages, run one after the other against the emulator."""

from __future__ import annotations

import ast
import asyncio
import inspect
import os
import re
import shutil
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from conftest import Emulator
from square_oauth import Rejected

DOCS = Path(os.environ["SQUARE_OAUTH_DOCS"])
PAGE, README, PACKAGE = DOCS / "python.md", DOCS / "README.md", DOCS / "package.md"


class Reader:
    """Who reads the page types in each block, where the ones before have left off."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.names: dict[str, Any] = {
            "__name__": "page",
            "application_id": emulator.application[0],
            "application_secret": emulator.application[1],
            "signature_key": emulator.webhook_signature_key,
            "session": {},
            "store": {},
            "request": self,
            "request_body": b"{}",
            "request_headers": {},
        }

    @property
    def url(self) -> str:
        """That of the request: the seller comes back as soon as a program asks for it."""
        return self.emulator.consent(self.names["authorization"].url)

    async def read(self, block: str, where: str) -> None:
        # The one thing that is not as it is on the page: the sandbox is the emulator.
        block = block.replace('"sandbox"', repr(self.emulator.base_url))
        program = compile(block, where, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        result = eval(program, self.names)
        if inspect.isawaitable(result):
            await result


def blocks(page: Path) -> list[tuple[int, str]]:
    """The programs of a page, each with the line before it."""
    text = page.read_text()
    found = re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [(text.count("\n", 0, one.start()) + 1, one.group(1)) for one in found]


# What a reader copies must not leave anything open.
@pytest.mark.filterwarnings("error::ResourceWarning", "error::pytest.PytestUnraisableExceptionWarning")
def test_every_block_of_the_page_runs(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    # As the emulator's own wheel installs it.
    scripts = Path(sysconfig.get_path("scripts"), "square-oauth-emulator")
    shutil.copy(os.environ["SQUARE_OAUTH_EMULATOR"], scripts)
    assert len(blocks(PAGE)) >= 17
    reader = Reader(emulator)

    async def read_all() -> None:
        for line, block in blocks(PAGE):
            await reader.read("\n" * line + block, PAGE.name)
            if "request_url" not in reader.names:
                reader.names["request_url"] = reader.url
            if "from celery import Celery" in block:
                before = emulator.connect(emulator.client())
                reader.names["store"][before.merchant_id] = before
                reader.names["refresh"].apply([before.merchant_id], throw=True)
                assert reader.names["store"].pop(before.merchant_id) != before
            if "from flask import Flask" in block:
                answer = reader.names["app"].test_client().get("/connect")
                assert answer.status_code == 303 and answer.headers["location"].startswith(emulator.base_url)

    asyncio.run(read_all())
    said = capsys.readouterr().out
    assert "Please connect again: refresh_token_rejected" in said
    assert "did you mean scopes?" in said
    assert reader.names["answer"].status == 303


@pytest.mark.parametrize("page", [README, PACKAGE])
def test_the_story_of_a_first_page_runs(emulator: Emulator, page: Path) -> None:
    [(line, block)] = blocks(page)
    reader = Reader(emulator)
    asyncio.run(reader.read("\n" * line + block, page.name))
    tokens = reader.names["tokens"]
    assert tokens.merchant_id and not reader.names["session"]
    # It ends with a seller who is gone.
    with pytest.raises(Rejected) as gone:
        emulator.client().retrieve_token_status(tokens.access_token)
    assert gone.value.code == "access_token_rejected"
