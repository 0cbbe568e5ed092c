"""A project's Celery tasks. The client is made where the module is imported: before any worker forks."""

from __future__ import annotations

import asyncio
import json
import os

from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded

from square_oauth import AsyncOAuthClient, OAuthClient

APPLICATION = (os.environ["ID"], os.environ["SECRET"])
LOADED_IN = os.getpid()

app = Celery("background")
app.conf.update(json.loads(os.environ["CELERY"]))

square = OAuthClient(*APPLICATION, environment=os.environ["URL"])
waited = AsyncOAuthClient(*APPLICATION, environment=os.environ["URL"])
# As a project does that wants to know at its start: threads and connections are there before the fork.
square.check_application()
asyncio.run(waited.check_application())

# Its requests are taken, and never answered.
stuck = OAuthClient(*APPLICATION, environment=os.environ["SILENT_URL"], timeout=60)


@app.task
def refresh(refresh_token: str) -> tuple[str, int, int]:
    tokens = square.obtain_token(refresh_token=refresh_token)
    return tokens.merchant_id, LOADED_IN, os.getpid()


@app.task
def refresh_on_a_loop(refresh_token: str) -> tuple[str, int, int]:
    tokens = asyncio.run(waited.obtain_token(refresh_token=refresh_token))
    return tokens.merchant_id, LOADED_IN, os.getpid()


@app.task
def refresh_what_is_gone() -> None:
    square.obtain_token(refresh_token="no-token-of-anybody")


@app.task(soft_time_limit=0.5)
def give_up() -> str:
    try:
        stuck.check_application()
    except SoftTimeLimitExceeded:
        return "gave up"
    return "was answered"
