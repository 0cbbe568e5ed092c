"""A second interpreter beside the program's first is told so, and breaks nothing."""

from __future__ import annotations

from conftest import Emulator
from programs import run

PROGRAM = """
try: import _interpreters as interpreters
except ImportError: import _xxsubinterpreters as interpreters
square = OAuthClient(*APPLICATION, environment=URL)
square.check_application()
one = interpreters.create()
told = interpreters.run_string(one, '''
try: import square_oauth
except ImportError as error: said = "main interpreter" in str(error)
assert said
''')
# Newer ones give back what went wrong, older ones raise it.
assert told is None, told
interpreters.destroy(one)
square.check_application()
asyncio.run(AsyncOAuthClient(*APPLICATION, environment=URL).check_application())
print("both")
"""


def test_a_subinterpreter_is_refused_and_the_first_goes_on(emulator: Emulator) -> None:
    ended = run(PROGRAM, emulator.base_url, emulator.application)
    assert (ended.said.split(), ended.code) == (["both"], 0), ended.said
