"""The library's events in Python's own logging."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from conftest import Emulator
from programs import run
from square_oauth import AsyncOAuthClient, Rejected


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("square_oauth")
    level = logger.level
    yield logger
    logger.setLevel(level)


def test_a_call_ends_with_one_event_on_its_own_thread(
    emulator: Emulator, logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    logger.setLevel(logging.DEBUG)
    square = emulator.client()
    tokens = emulator.connect(square)
    caplog.clear()
    square.retrieve_token_status(tokens.access_token)
    [record] = caplog.records
    assert (record.name, record.levelname) == ("square_oauth", "DEBUG")
    assert record.getMessage().startswith("retrieve_token_status succeeded")
    facts = vars(record)
    assert (facts["call"], facts["http_status"], facts["attempt"]) == ("retrieve_token_status", 200, 1)
    assert isinstance(facts["duration_ms"], int) and record.msg.count("%s") == len(record.args or ())
    assert record.thread == threading.get_ident()

    caplog.clear()
    with pytest.raises(Rejected):
        square.retrieve_token_status("EAAA-unknown")
    [record] = caplog.records
    facts = vars(record)
    assert (record.levelname, facts["error_code"], facts["retryable"]) == ("WARNING", "access_token_rejected", False)
    assert record.msg.startswith("retrieve_token_status failed ") and str(facts["duration_ms"]) not in record.msg

    async def story() -> None:
        caplog.clear()
        waited = AsyncOAuthClient(*emulator.application, environment=emulator.base_url)
        await waited.check_application()
        [record] = caplog.records
        assert record.thread == threading.get_ident()

    asyncio.run(story())


def test_the_level_is_followed_while_the_program_runs(
    emulator: Emulator, logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    square = emulator.client()
    for level, expected in ((logging.ERROR, 0), (logging.DEBUG, 1), (logging.WARNING, 0), (logging.DEBUG, 1)):
        logger.setLevel(level)
        caplog.clear()
        square.check_application()
        assert len(caplog.records) == expected, level
    logging.disable(logging.CRITICAL)
    try:
        caplog.clear()
        square.check_application()
        assert not caplog.records
    finally:
        logging.disable(logging.NOTSET)


def test_a_handler_that_fails_does_not_fail_the_call(emulator: Emulator, logger: logging.Logger) -> None:
    class Failing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise ValueError(record.name)

    logger.setLevel(logging.DEBUG)
    handler = Failing()
    logger.addHandler(handler)
    try:
        emulator.client().check_application()
    finally:
        logger.removeHandler(handler)


def test_ctrl_c_in_a_handler_is_not_lost(emulator: Emulator) -> None:
    program = """
    import logging
    class Pressed(logging.Handler):
        def emit(self, record): raise KeyboardInterrupt
    logging.getLogger("square_oauth").addHandler(Pressed())
    logging.getLogger("square_oauth").setLevel(logging.DEBUG)
    blocking, waited = OAuthClient(*APPLICATION, environment=URL), AsyncOAuthClient(*APPLICATION, environment=URL)
    for call in (
        lambda: blocking.check_application(),
        lambda: blocking.retrieve_token_status("EAAA-unknown"),
        lambda: asyncio.new_event_loop().run_until_complete(waited.check_application()),
    ):
        try: print("lost", call())
        except KeyboardInterrupt: print("seen")
    """
    ended = run(program, emulator.base_url, emulator.application)
    assert ended.said.split() == ["seen", "seen", "seen"], ended.said


def test_nothing_is_printed_where_no_logging_is_set_up(emulator: Emulator) -> None:
    program = """
    try: OAuthClient(*APPLICATION, environment=URL).retrieve_token_status("EAAA-unknown")
    except OAuthError: print("raised")
    """
    ended = run(program, emulator.base_url, emulator.application)
    assert ended.said.split() == ["raised"]
    assert sys.version_info >= (3, 10)
