"""What the generated half does between the two sides, done quickly.

It is written to work everywhere, and takes longer over the few values of a call than the call itself takes on this
machine. What it looks up by name is replaced here: the same values in the same bytes, in fewer steps.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

from square_oauth._ffi import square_oauth_uniffi

ffi: Any = square_oauth_uniffi

# What may take its time, or wait for a thread that needs the interpreter's lock, gives that lock away meanwhile. All
# else is done before another thread could have woken up, and keeps its turn.
_SLOW = (
    "fn_constructor_oauthclient_new",
    "fn_func_leave",
    "fn_method_call_cancel",
    "fn_method_call_wait",
    "fn_method_webhandlers_webhook",
    "fn_method_webhooks_verify",
)

_library = ffi._UniffiLib
_keeping = ctypes.PyDLL(_library._name, handle=_library._handle)
for _name, _function in list(vars(_library).items()):
    if isinstance(_function, _library._FuncPtr) and "_checksum_" not in _name and not _name.endswith(_SLOW):
        _quick = _keeping[_name]
        _quick.argtypes, _quick.restype = _function.argtypes, _function.restype
        setattr(_library, _name, _quick)

_Status = ffi._UniffiRustCallStatus
_byref = ctypes.byref


class _Bytes(ctypes.Structure):
    """Bytes of this side's, for as long as a call takes."""

    _fields_ = (("len", ctypes.c_int32), ("data", ctypes.c_char_p))


# Not the library's own object for it, which takes bytes in a form that is slow to make.
_allocate = _keeping["ffi_square_oauth_uniffi_rustbuffer_from_bytes"]
_allocate.argtypes, _allocate.restype = (_Bytes, ctypes.POINTER(_Status)), ffi._UniffiRustBuffer
_free = _library.ffi_square_oauth_uniffi_rustbuffer_free


def _call_with_error(converter: Any, function: Any, *arguments: Any) -> Any:
    # All zeros, which is how a call that succeeds leaves it.
    status = _Status()
    result = function(*arguments, _byref(status))
    if status.code:
        ffi._uniffi_check_call_status(converter, status)
    return result


def _call(function: Any, *arguments: Any) -> Any:
    status = _Status()
    result = function(*arguments, _byref(status))
    if status.code:
        ffi._uniffi_check_call_status(None, status)
    return result


def _sent(data: bytes) -> Any:
    """A buffer of the other side's with this content."""
    return _call(_allocate, _Bytes(len(data), data))


def _received(buffer: Any) -> bytes:
    """The content of a buffer of the other side's, which gets it back."""
    try:
        return ctypes.string_at(buffer.data, buffer.len)
    finally:
        _call(_free, buffer)


class _Reader:
    """Takes what came over apart."""

    __slots__ = ("_at", "_data")

    def __init__(self, buffer: Any) -> None:
        self._at = 0
        self._data = _received(buffer)

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None and self._at != len(self._data):
            raise ffi.InternalError("more bytes came over than were read")

    def read(self, size: int) -> bytes:
        start, self._at = self._at, self._at + size
        if self._at > len(self._data):
            raise ffi.InternalError("fewer bytes came over than were to be read")
        return self._data[start : self._at]


class _Writer:
    """Puts together what goes over."""

    __slots__ = ("_data", "write")

    def __init__(self) -> None:
        self._data = bytearray()
        self.write = self._data.extend

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def finalize(self) -> Any:
        return _sent(bytes(self._data))


def _number(name: str, form: str) -> None:
    number = struct.Struct(form)
    size, pack, unpack = number.size, number.pack, number.unpack_from

    def read(self: _Reader) -> Any:
        at = self._at
        self._at = at + size
        return unpack(self._data, at)[0]

    def write(self: _Writer, value: Any) -> None:
        self._data += pack(value)

    setattr(_Reader, f"read_{name}", read)
    setattr(_Writer, f"write_{name}", write)


for _name, _form in {
    "i8": ">b",
    "u8": ">B",
    "i16": ">h",
    "u16": ">H",
    "i32": ">i",
    "u32": ">I",
    "i64": ">q",
    "u64": ">Q",
    "float": ">f",
    "double": ">d",
}.items():
    _number(_name, _form)

ffi._uniffi_rust_call = _call
ffi._uniffi_rust_call_with_error = _call_with_error
ffi._UniffiRustBuffer.consume_with_stream = lambda buffer: _Reader(buffer)
ffi._UniffiRustBuffer.alloc_with_builder = _Writer
ffi._UniffiFfiConverterString.lift = staticmethod(lambda buffer: _received(buffer).decode())
ffi._UniffiFfiConverterString.lower = staticmethod(lambda value: _sent(value.encode()))
