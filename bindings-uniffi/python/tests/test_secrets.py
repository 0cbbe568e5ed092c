"""Nothing that Python makes of a value shows a secret."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import public
from canary import CANARY, texts_of
from conftest import Emulator
from square_oauth import OAuthError, Secret
from square_oauth._values import Opaque
from values import DOORS, MAKERS, Story


def test_each_public_type_has_its_values() -> None:
    assert set(MAKERS) == public.types()


def test_no_text_of_any_public_type_shows_a_secret(
    emulator: Emulator, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    caplog.set_level(1, "square_oauth")
    story = Story(emulator)
    seen: dict[type, int] = dict.fromkeys(MAKERS, 0)
    for maker in set(MAKERS.values()):
        for thing in maker(story):
            for text in texts_of(thing, DOORS.get(type(thing), ())):
                shown = text.lower()
                for secret in story.secrets:
                    assert secret.lower() not in shown, (type(thing), text)
                seen[type(thing)] += 1
    assert min(seen.values()) > 20, seen
    # What was logged and printed meanwhile, at the loudest.
    logged = caplog.text + "".join(repr(vars(record)) for record in caplog.records if record.name != "canary")
    assert "retrieve_token_status failed" in logged
    printed = "".join(capfd.readouterr())
    for secret in story.secrets:
        assert secret.lower() not in (logged + printed).lower()


def test_this_test_sees_a_secret_wherever_one_is() -> None:
    class Leaking:
        pass

    def kept(**attributes: Any) -> Leaking:
        thing = Leaking()
        vars(thing).update(attributes)
        return thing

    def raised(message: str) -> Exception:
        try:
            raise ValueError(message)
        except ValueError as error:
            return error

    leaks = [
        CANARY,
        [CANARY],
        kept(a=CANARY),
        kept(a=[b"x" + CANARY.encode()]),
        raised(CANARY),
        OAuthError(CANARY, code=""),
    ]
    for leak in leaks:
        assert any(CANARY.lower() in text.lower() for text in texts_of(leak)), leak


def test_secrets_compare_and_are_not_hashed() -> None:
    secret = Secret("a")
    assert secret == Secret("a") and secret != Secret("b") and secret != "a"
    assert secret.expose() == "a" and str(secret) == "[redacted]"
    assert copy.deepcopy({"a": secret})["a"] is secret and copy.copy(secret) is secret
    with pytest.raises(TypeError):
        hash(secret)


def test_nothing_that_stands_for_the_other_side_is_pickled(emulator: Emulator) -> None:
    story = Story(emulator)
    refused = set()
    for maker in set(MAKERS.values()):
        for thing in maker(story):
            if isinstance(thing, Opaque):
                refused.add(type(thing))
                for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                    with pytest.raises(TypeError, match="cannot be pickled"):
                        pickle.dumps(thing, protocol)
    assert refused == {kind for kind in public.types() if issubclass(kind, Opaque)}
