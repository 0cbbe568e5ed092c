"""Leaving the interpreter with calls on their way: the script's own exit code, not a word, and at once."""

from __future__ import annotations

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import Emulator, Silent
from programs import run

RUNS = int(os.environ.get("EXIT_RUNS", "25"))

ASYNC = """
square = AsyncOAuthClient(*APPLICATION, environment=URL, timeout=0.1{n}5)
loop = asyncio.new_event_loop()
async def check():
    try: await square.check_application()
    except OAuthError: pass
calls = [loop.create_task(check()) for _ in range(8)]
for call in calls: call._log_destroy_pending = False
loop.run_until_complete(asyncio.sleep(0.1{n}))
"""

# Each leaves while calls are on their way; {n} varies when their timeouts come relative to the end.
PROGRAMS = {
    "the end of the script": ASYNC + "ended = time.monotonic()\n",
    "sys.exit": ASYNC + "sys.exit(7)\n",
    "an exception": ASYNC + "class Odd(SystemExit): pass\nraise Odd(7)\n",
    "a loop in a daemon thread": """
square = AsyncOAuthClient(*APPLICATION, environment=URL, timeout=0.1{n}5)
async def calls(): await asyncio.gather(*[square.check_application() for _ in range(8)], return_exceptions=True)
threading.Thread(target=lambda: asyncio.run(calls()), daemon=True).start()
time.sleep(0.1{n})
sys.exit(7)
""",
    "blocking calls in daemon threads": """
square = OAuthClient(*APPLICATION, environment=URL, timeout=0.1{n}5)
def call():
    try: square.check_application()
    except OAuthError: pass
for _ in range(8): threading.Thread(target=call, daemon=True).start()
time.sleep(0.1{n})
sys.exit(7)
""",
    "asyncio.run, cancelled by its own end": """
square = AsyncOAuthClient(*APPLICATION, environment=URL, timeout=0.1{n}5)
async def main():
    async def check():
        try: await square.check_application()
        except OAuthError: pass
    calls = [asyncio.ensure_future(check()) for _ in range(8)]
    await asyncio.sleep(0.1{n})
    sys.exit(7)
asyncio.run(main())
""",
    "what other modules keep alive": """
square = AsyncOAuthClient(*APPLICATION, environment=URL)
os.kept = [square, square.authorize(scopes=["ITEMS_READ"]), OAuthClient(*APPLICATION, environment=URL)]
sys.modules["kept"] = type(sys)("kept"); sys.modules["kept"].kept = os.kept
sys.exit(7)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_keeps_its_exit_code_and_says_nothing(name: str, silent: Silent) -> None:
    program = PROGRAMS[name]
    code = 7 if "(7)" in program else 0
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(run, program.replace("{n}", str(number % 10)), silent.url) for number in range(RUNS)]
        ends = [one.result() for one in runs]
    said = [end.said for end in ends if end.said.strip()]
    assert not said, said[0]
    assert {end.code for end in ends} == {code}


LEAVING = """
async def forever():
    while True: await asyncio.gather(*[square.check_application() for _ in range(8)], return_exceptions=True)
if CALLING:
    square = AsyncOAuthClient(*APPLICATION, environment=URL)
    threading.Thread(target=lambda: asyncio.run(forever()), daemon=True).start()
time.sleep(0.3)
# Registered last, so run first: from here on it is the library's way out and the interpreter's own.
import atexit
atexit.register(lambda: print(time.time()))
"""


@pytest.mark.parametrize("answering", [True, False])
def test_it_takes_no_longer_than_without(answering: bool, silent: Silent, emulator: Emulator) -> None:
    url = emulator.base_url if answering else silent.url

    def leave(calling: bool) -> float:
        ended = run(f"CALLING = {calling}\n{LEAVING}", url, emulator.application)
        assert ended.code == 0
        return time.time() - float(ended.said)

    # In pairs, so that whatever else this machine does hits both.
    pairs = [(leave(True), leave(False)) for _ in range(9)]
    extra = statistics.median(calling - idle for calling, idle in pairs)
    print(f"leaving with calls on their way takes {extra * 1000:.0f} ms longer than without")
    assert extra < 0.1


# What is registered before the library is imported runs after the library's own way out.
LATE = """
import atexit
def late():
    for client in clients:
        try:
            called = client.check_application()
            if asyncio.iscoroutine(called): asyncio.run(called)
            print("sent")
        except OAuthError as error: print(error.code)
clients = []
atexit.register(late)
"""


def test_a_call_after_the_way_out_has_begun_fails_and_does_not_hang(emulator: Emulator) -> None:
    program = """
    clients += [AsyncOAuthClient(*APPLICATION, environment=URL), OAuthClient(*APPLICATION, environment=URL)]
    clients[1].check_application()
    """
    ended = run(program, emulator.base_url, emulator.application, before=LATE)
    assert ended.code == 0
    assert ended.said.split() == ["not_sent", "not_sent"], ended.said
