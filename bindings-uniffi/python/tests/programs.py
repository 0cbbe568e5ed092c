"""Runs small programs of their own, for what ends a process or begins another."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass

PRELUDE = """
import asyncio, os, sys, threading, time, multiprocessing
from square_oauth import AsyncOAuthClient, OAuthClient, OAuthError
URL = os.environ["URL"]
APPLICATION = (os.environ["ID"], os.environ["SECRET"])
"""


@dataclass
class Ended:
    """How a program ended."""

    code: int
    said: str
    seconds: float


def run(
    program: str,
    url: str,
    application: tuple[str, str] = ("sandbox-sq0idb-x", "sandbox-sq0csb-x"),
    before: str = "",
) -> Ended:
    """Run a program to its end; both of its outputs together. ``before`` runs before the library is imported."""
    environment = {**os.environ, "URL": url, "ID": application[0], "SECRET": application[1]}
    began = time.monotonic()
    ended = subprocess.run(
        # Python's own word on forks beside threads, from 3.12 on: that they go well is what is tested.
        [
            sys.executable,
            "-W",
            "ignore:This process:DeprecationWarning",
            "-c",
            before + PRELUDE + textwrap.dedent(program),
        ],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        text=True,
    )
    return Ended(ended.returncode, ended.stdout, time.monotonic() - began)
