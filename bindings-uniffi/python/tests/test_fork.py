"""Both sides of a fork go on, whatever was on its way."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from conftest import Emulator, Silent
from programs import run

FORK = """
square = {client}(*APPLICATION, environment=URL)
def check():
    called = square.check_application()
    if asyncio.iscoroutine(called): asyncio.run(asyncio.wait_for(called, 20))
check()
def child(queue): check(); check(); queue.put("child")
context = multiprocessing.get_context("{method}")
queue = context.Queue()
children = [context.Process(target=child, args=(queue,)) for _ in range(3)]
for one in children: one.start()
check()
print([queue.get(timeout=30) for _ in children])
for one in children: one.join(30)
print([one.exitcode for one in children])
check()
"""


@pytest.mark.parametrize("client", ["OAuthClient", "AsyncOAuthClient"])
def test_a_client_works_on_in_forked_children(emulator: Emulator, client: str) -> None:
    program = FORK.replace("{client}", client).replace("{method}", "fork")
    ended = run(program, emulator.base_url, emulator.application)
    assert ended.said.splitlines() == ["['child', 'child', 'child']", "[0, 0, 0]"], ended.said
    assert ended.code == 0


@pytest.mark.parametrize("round", range(8))
def test_a_fork_in_the_middle_of_many_calls(emulator: Emulator, round: int) -> None:
    program = """
    import gc
    square = OAuthClient(*APPLICATION, environment=URL)
    waited = AsyncOAuthClient(*APPLICATION, environment=URL)
    stop = False
    def busy():
        while not stop: square.check_application()
    async def many():
        while not stop: await asyncio.gather(*[waited.check_application() for _ in range(8)])
    threads = [threading.Thread(target=busy) for _ in range(4)]
    threads.append(threading.Thread(target=lambda: asyncio.run(many())))
    for one in threads: one.start()
    children = []
    for _ in range(6):
        time.sleep(0.03)
        child = os.fork()
        if child == 0:
            square.check_application()
            # The parent's calls are dropped here, and the parent's connections with them.
            asyncio.run(waited.check_application())
            gc.collect()
            os._exit(5)
        children.append(child)
    print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
    stop = True
    for one in threads: one.join()
    square.check_application()
    """
    ended = run(program, emulator.base_url, emulator.application)
    assert ended.said.splitlines()[-1:] == ["[5, 5, 5, 5, 5, 5]"], ended.said
    assert ended.code == 0 and ended.seconds < 30


def test_a_child_drops_its_parents_calls_without_ending_them(silent: Silent) -> None:
    program = """
    square = AsyncOAuthClient(*APPLICATION, environment=URL, timeout=1)
    loop = asyncio.new_event_loop()
    call = loop.create_task(square.check_application())
    loop.run_until_complete(asyncio.sleep(0.2))
    child = os.fork()
    if child == 0:
        call.cancel()
        del call, square
        import gc; gc.collect()
        os._exit(5)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    try: loop.run_until_complete(call)
    except OAuthError as error: print(error.code)
    """
    ended = run(program, silent.url)
    assert ended.said.split() == ["5", "timeout"], ended.said


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_that_leave_with_calls_on_their_way_keep_their_exit_code(
    silent: Silent, method: str, tmp_path: Path
) -> None:
    program = textwrap.dedent(
        f"""
        import asyncio, multiprocessing, os, sys, threading, time
        from square_oauth import AsyncOAuthClient, OAuthClient

        def worker():
            square = AsyncOAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=os.environ["URL"])
            blocking = OAuthClient("sandbox-sq0idb-x", "sandbox-sq0csb-x", environment=os.environ["URL"])
            threading.Thread(target=lambda: asyncio.run(square.check_application()), daemon=True).start()
            threading.Thread(target=blocking.check_application, daemon=True).start()
            time.sleep(0.3)
            sys.exit(9)

        if __name__ == "__main__":
            context = multiprocessing.get_context("{method}")
            workers = [context.Process(target=worker) for _ in range(4)]
            for one in workers: one.start()
            for one in workers: one.join(30)
            print([one.exitcode for one in workers])
        """
    )
    file = tmp_path / "workers.py"
    file.write_text(program)
    for _ in range(5):
        ended = subprocess.run(
            [sys.executable, str(file)],
            env={**os.environ, "URL": silent.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
        assert ended.stdout.strip() == "[9, 9, 9, 9]"
