"""Celery with each of its pools, over folders in the place of a broker's server; `background.py` has the tasks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from celery.result import AsyncResult

from conftest import Emulator, Silent
from square_oauth import ReauthorizationRequired

TESTS = Path(__file__).parent
pools = pytest.mark.parametrize("pool", ["prefork", "threads", "solo"])


class Project:
    """What is sent to the tasks waits in a folder until a worker is there."""

    def __init__(self, folder: Path, emulator: Emulator, silent: Silent) -> None:
        queue, control, self.results = (folder / name for name in ("queue", "control", "results"))
        for one in (queue, control, self.results):
            one.mkdir()
        folders = {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
        settings = {
            "broker_url": "filesystem://localhost",
            "broker_transport_options": {**folders, "polling_interval": 0.05},
            "result_backend": f"file://{self.results}",
            "worker_prefetch_multiplier": 1,
        }
        self._app = Celery("background")
        self._app.conf.update(settings)
        self._environment = {
            **os.environ,
            "CELERY": json.dumps(settings),
            "ID": emulator.application[0],
            "SECRET": emulator.application[1],
            "URL": emulator.base_url,
            "SILENT_URL": silent.url,
            # Where messages are on their way from one folder to the next.
            "TMPDIR": str(folder),
        }

    def send(self, task: str, *arguments: str) -> AsyncResult[Any]:
        return self._app.send_task(f"background.{task}", arguments)

    @contextmanager
    def worker(self, pool: str, *options: str, is_asked: bool = True) -> Iterator[None]:
        """Begins on what was sent, and is asked to leave at the end: it has to finish, keep its exit code, and say
        no more than that it leaves. Or is not asked, and ended with all its processes: then it must have said nothing.
        """
        python = [sys.executable, "-W", "ignore:You're running the worker with superuser privileges"]
        celery = ["-m", "celery", "-q", "-A", "background", "--workdir", str(TESTS), "worker", "--without-mingle"]
        words = ["--pool", pool, "--concurrency", "3", "--loglevel", "WARNING", *options]
        worker = subprocess.Popen(
            [*python, *celery, *words],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            yield
            if is_asked:
                worker.terminate()
            else:
                # All at once: one that has only just been forked would outlive its parent.
                os.killpg(worker.pid, signal.SIGKILL)
            said, _ = worker.communicate(timeout=60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        left = (0, "worker: Warm shutdown (MainProcess)") if is_asked else (-signal.SIGKILL, "")
        assert (worker.returncode, said.strip()) == left

    def until_done(self, count: int) -> None:
        until(lambda: sum(map(is_whole, self.results.glob("celery-task-meta-*"))) >= count)


@pytest.fixture
def project(tmp_path: Path, emulator: Emulator, silent: Silent) -> Project:
    return Project(tmp_path, emulator, silent)


def is_whole(result: Path) -> bool:
    """It is there before it is written."""
    try:
        json.loads(result.read_bytes())
    except ValueError:
        return False
    return True


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def refresh_token(emulator: Emulator) -> tuple[str, str]:
    tokens = emulator.connect(emulator.client())
    assert tokens.refresh_token is not None
    return tokens.merchant_id, tokens.refresh_token.expose()


@pools
def test_tokens_are_refreshed_in_the_background(project: Project, emulator: Emulator, pool: str) -> None:
    merchant_id, token = refresh_token(emulator)
    sent = [project.send(task, token) for task in ["refresh", "refresh_on_a_loop"] * 10]
    with project.worker(pool):
        project.until_done(len(sent))
    results = [one.get(timeout=10) for one in sent]
    assert {result[0] for result in results} == {merchant_id}
    assert all((loaded_in != worker) == (pool == "prefork") for _, loaded_in, worker in results)


def test_processes_that_are_replaced_call_as_their_forerunners_did(project: Project, emulator: Emulator) -> None:
    merchant_id, token = refresh_token(emulator)
    sent = [project.send(task, token) for task in ["refresh", "refresh_on_a_loop"] * 6]
    # Over folders Celery forks replacements from a thread, and its pool may wait for ever when that one ends: it kills
    # them, and one of them may hold a lock. So nobody asks it to leave.
    with project.worker("prefork", "--max-tasks-per-child", "1", is_asked=False):
        project.until_done(len(sent))
    results = [one.get(timeout=10) for one in sent]
    assert {result[0] for result in results} == {merchant_id}
    assert len({worker for _, _, worker in results}) == len(sent)


@pools
def test_a_warm_shutdown_lets_a_call_end(project: Project, emulator: Emulator, pool: str) -> None:
    merchant_id, token = refresh_token(emulator)
    before = emulator.requests()
    emulator.fault({"delay_ms": 1500}, path="/oauth2/token", grant="refresh_token")
    sent = project.send("refresh", token)
    with project.worker(pool):
        # The two with which the project checks itself, and this one.
        until(lambda: emulator.requests() == before + 3)
    assert sent.get(timeout=10)[0] == merchant_id


def test_a_soft_time_limit_ends_a_call(project: Project, silent: Silent) -> None:
    sent = project.send("give_up")
    # Celery warns of each.
    with project.worker("prefork", "--loglevel", "ERROR"):
        project.until_done(1)
    assert sent.get(timeout=10) == "gave up"
    silent.wait(arrived=1, left=1)


def test_an_error_comes_back_as_what_it_is(project: Project) -> None:
    """From the worker's process to its parent by pickle, and from there by Celery's JSON."""
    sent = project.send("refresh_what_is_gone")
    # Celery logs what a task raises.
    with project.worker("prefork", "--loglevel", "CRITICAL"):
        project.until_done(1)
    with pytest.raises(ReauthorizationRequired) as gone:
        sent.get(timeout=10)
    assert gone.value.code == "refresh_token_rejected" and "refresh" in str(gone.value)
