"""Where the generated half would show, or break, if nobody stood before it."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import square_oauth
import square_oauth.web
from conftest import Emulator
from square_oauth import InternalError, OAuthError, attempt
from square_oauth._bridge import ffi
from square_oauth._quick import _Reader, _Writer


def test_a_fault_in_handing_over_is_a_typed_error_and_says_nothing_else(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    square = emulator.client()

    def broken(callback: str) -> str:
        text = ffi._UniffiFfiConverterString.lower(callback)
        function = ffi._UniffiLib.uniffi_square_oauth_uniffi_fn_func_set_log_level
        called: str = ffi._uniffi_rust_call_with_error(None, function, text)
        return called

    monkeypatch.setattr(ffi, "attempt", broken)
    with pytest.raises(InternalError) as failed:
        attempt("/callback?state=the-state")
    assert (failed.value.code, failed.value.retryable) == ("panicked", False)
    assert "tag" not in str(failed.value) and "the-state" not in repr(failed.value)
    assert failed.value.__cause__ is None and failed.value.__context__ is None
    square.check_application()
    assert capfd.readouterr().err == ""


def test_what_would_hang_without_an_event_loop_is_not_there() -> None:
    called_back = [name for name in vars(ffi) if name.startswith("_UniffiTraitImpl")]
    assert called_back == ["_UniffiTraitImplLogSinkImpl"]
    methods = [value for value in vars(ffi.LogSink).values() if inspect.isfunction(value)]
    assert methods and not any(inspect.iscoroutinefunction(method) for method in methods)


def test_what_is_quicker_than_the_generated_half_reads_and_writes_all_that_it_can() -> None:
    for slow, quick in ((ffi._UniffiRustBufferStream, _Reader), (ffi._UniffiRustBufferBuilder, _Writer)):
        kinds = {name for name in vars(slow) if name.startswith(("read_", "write_"))}
        assert len(kinds) >= 10 and kinds - {"write_c_size_t"} <= set(vars(quick))
    for kind, least, most in [
        ("i8", -128, 127),
        ("u16", 0, 65535),
        ("i64", -(2**63), 2**63 - 1),
        ("double", -0.5, 2.5),
    ]:
        sent = _Writer()
        getattr(sent, f"write_{kind}")(least)
        sent.write(b"between")
        getattr(sent, f"write_{kind}")(most)
        with _Reader(sent.finalize()) as came:
            read = getattr(came, f"read_{kind}")
            assert (read(), came.read(7), read()) == (least, b"between", most)


@pytest.mark.parametrize("size", [3, 5])
def test_more_or_fewer_bytes_than_expected_are_a_bug_of_ours(size: int) -> None:
    sent = _Writer()
    sent.write(b"four")
    with pytest.raises(ffi.InternalError), _Reader(sent.finalize()) as came:
        came.read(size)


def test_no_public_name_leads_there(emulator: Emulator) -> None:
    tokens = emulator.connect(emulator.client())
    with pytest.raises(OAuthError) as failed:
        emulator.client().retrieve_token_status("EAAA-unknown")
    things: list[Any] = [tokens, tokens.access_token, tokens.expires_at, failed.value, *failed.value.errors]
    for module in (square_oauth, square_oauth.web):
        things += [getattr(module, name) for name in module.__all__]
    assert len(things) > 40
    for thing in things:
        kind = thing if isinstance(thing, type) else type(thing)
        for one in kind.__mro__:
            assert "_ffi" not in one.__module__ and "uniffi" not in one.__module__, kind
        assert "uniffi" not in repr(thing) and "_ffi" not in repr(thing)
        assert not inspect.isclass(thing) or thing.__module__ in ("square_oauth", "square_oauth.web"), thing


def documented(thing: Any) -> bool:
    return bool((inspect.getdoc(thing) or "").strip())


def test_every_public_name_says_what_it_is() -> None:
    for module in (square_oauth, square_oauth.web):
        for name in module.__all__:
            thing = getattr(module, name)
            if not isinstance(thing, type):
                continue
            assert documented(thing), name
            for member in dir(thing):
                of_ours = any(member in vars(base) and "square_oauth" in base.__module__ for base in thing.__mro__)
                value = inspect.getattr_static(thing, member)
                if of_ours and not member.startswith("_") and (callable(value) or isinstance(value, property)):
                    assert documented(getattr(thing, member)), f"{name}.{member}"
