"""One contender in a process of its own: `run.py import|first|calls CONTENDER ADDRESS`.

Whatever is measured is written as numbers of nanoseconds, one line for each measurement.
"""

import os
import sys
import time
from importlib import import_module


def main() -> None:
    mode, name, address = sys.argv[1:]
    contender = import_module(f"contenders.{name}")
    if mode == "import":
        print(time.process_time_ns())
    elif not contender.ASYNC:
        client = contender.Client(address)
        first(client.call()) if mode == "first" else calls(client)
    else:
        import asyncio

        asyncio.run(asynchronous(mode, contender, address))


async def asynchronous(mode: str, contender, address: str) -> None:
    client = contender.Client(address)
    if mode == "first":
        first(await client.call())
        leave()
    from measure import asynchronous

    # Nothing else is going on while this one thread waits for the next line.
    for count, callers in asked():
        await asynchronous(client, callers, callers)
        before, start = time.process_time_ns(), time.perf_counter_ns()
        report(count, before, start, await asynchronous(client, count, callers))
    leave()


def calls(client) -> None:
    from measure import blocking

    for count, callers in asked():
        # Whatever has been closed meanwhile is opened again.
        blocking(client, callers, callers)
        before, start = time.process_time_ns(), time.perf_counter_ns()
        report(count, before, start, blocking(client, count, callers))


def first(token: str) -> None:
    assert token.startswith("EAAA")
    print(time.process_time_ns())


def asked():
    for line in sys.stdin:
        count, callers = line.split()
        yield int(count), int(callers)


def report(count: int, before: int, start: int, tally) -> None:
    wall = time.perf_counter_ns() - start
    spent = time.process_time_ns() - before
    print(spent / count, wall / count, tally.middle(), tally.failures, flush=True)


def leave() -> None:
    """Without waiting for what is kept open, or a word about it."""
    sys.stdout.flush()
    os._exit(0)


main()
leave()
