"""Calls one contender so often, by so many callers at once; threads where it blocks."""

import asyncio
import threading
import time


class Tally:
    """Wall time of each call, in nanoseconds, and how many went wrong."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.failures = 0

    def middle(self) -> int:
        return sorted(self.times)[len(self.times) // 2] if self.times else 0

    def took(self, since: int, token: str) -> None:
        time_taken = time.perf_counter_ns() - since
        if not token.startswith("EAAA"):
            raise RuntimeError("a call brought no token")
        self.times.append(time_taken)

    def failed(self) -> None:
        self.failures += 1


def blocking(client, count: int, callers: int) -> Tally:
    tally = Tally()

    def calls(times: int) -> None:
        for _ in range(times):
            since = time.perf_counter_ns()
            try:
                tally.took(since, client.call())
            except Exception:
                tally.failed()

    if callers == 1:
        calls(count)
        return tally
    threads = [threading.Thread(target=calls, args=(count // callers,)) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


async def asynchronous(client, count: int, callers: int) -> Tally:
    tally = Tally()

    async def calls(times: int) -> None:
        for _ in range(times):
            since = time.perf_counter_ns()
            try:
                tally.took(since, await client.call())
            except Exception:
                tally.failed()

    await asyncio.gather(*(calls(count // callers) for _ in range(callers)))
    return tally
