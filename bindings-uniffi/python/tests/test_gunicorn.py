"""gunicorn with a preloaded application, `preloaded.py`, and each kind of worker."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from conftest import Emulator

WORKERS = {
    "sync": ["preloaded:wsgi"],
    "gthread": ["--threads", "4", "preloaded:wsgi"],
    "uvicorn_worker.UvicornWorker": ["preloaded:asgi"],
}


@pytest.mark.parametrize("kind", WORKERS)
def test_workers_of_a_preloaded_application_call_and_leave(emulator: Emulator, kind: str) -> None:
    # Held until gunicorn has it: no other program can take the port meanwhile.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        options = ["--preload", "--workers", "2", "--bind", f"fd://{listener.fileno()}", "--log-level", "warning"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, "--worker-class", kind, *WORKERS[kind]],
            cwd=Path(__file__).parent,
            env={
                **os.environ,
                "URL": emulator.base_url,
                "ID": emulator.application[0],
                "SECRET": emulator.application[1],
            },
            pass_fds=[listener.fileno()],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ask(_: int) -> dict[str, int]:
        with urlopen(url, timeout=60) as answer:
            said: dict[str, int] = json.load(answer)
            return said

    try:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(40)))
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=60)
    assert {answer["loaded_in"] for answer in answers} == {server.pid}
    assert all(answer["worker"] != server.pid for answer in answers)
    # A worker that does not leave well is reported.
    assert (server.returncode, said) == (0, "")
