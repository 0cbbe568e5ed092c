"""The programs of the documentation's Python page, run one after the other against the emulator."""

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

PAGE = Path(os.environ["SQUARE_OAUTH_DOCS"], "python.md")
LEAST = 17


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
            "request_body": b"{}",
            "request_headers": {},
        }

    async def read(self, block: str, where: str) -> None:
        # The one thing that is not as it is on the page: the sandbox is the emulator.
        block = block.replace('"sandbox"', repr(self.emulator.base_url))
        program = compile(block, where, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        result = eval(program, self.names)
        if inspect.isawaitable(result):
            await result
        if "request_url" not in self.names:
            self.names["request_url"] = self.emulator.consent(self.names["authorization"].url)


# What a reader copies must not leave anything open.
@pytest.mark.filterwarnings("error::ResourceWarning", "error::pytest.PytestUnraisableExceptionWarning")
def test_every_block_of_the_page_runs(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    # As the emulator's own wheel installs it.
    scripts = Path(sysconfig.get_path("scripts"), "square-oauth-emulator")
    shutil.copy(os.environ["SQUARE_OAUTH_EMULATOR"], scripts)
    text = PAGE.read_text()
    blocks = [(m.start(), m.group(1)) for m in re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)]
    assert len(blocks) >= LEAST
    reader = Reader(emulator)

    async def read_all() -> None:
        for at, block in blocks:
            line = text.count("\n", 0, at) + 1
            await reader.read("\n" * line + block, PAGE.name)
            if "from flask import Flask" in block:
                answer = reader.names["app"].test_client().get("/connect")
                assert answer.status_code == 303 and answer.headers["location"].startswith(emulator.base_url)

    asyncio.run(read_all())
    said = capsys.readouterr().out
    assert "Please connect again: refresh_token_rejected" in said
    assert "did you mean scopes?" in said
    assert reader.names["answer"].status == 303
