"""When the other side frees what an object of the generated half stands for.

The generated half does so in the object's finalizer. But the collector calls the finalizers of what it finds in an
order of its own: the program's, or the end of a coroutine, may come later, and would use what is gone. So it is freed
with the object's memory, after all finalizers.
"""

from __future__ import annotations

from typing import Any

from square_oauth._quick import ffi


def _postpone(kind: Any) -> tuple[Any, Any]:
    """Make a kind of object free late, and give the classes that do something at the end."""
    [name] = (name for name in kind.__del__.__code__.co_names if "_fn_free_" in name)
    call, free = ffi._uniffi_rust_call, getattr(ffi._UniffiLib, name)

    class Handle(int):
        """Made when the collector has already looked, it ends with the last thing that holds it."""

        __slots__ = ()

        def __del__(self) -> None:
            call(free, self)

    def finalize(self: Any) -> None:
        handle = self.__dict__.get("_handle")
        # One that could not be made has none.
        if handle is not None:
            self._handle = Handle(handle)

    kind.__del__ = finalize
    return kind, Handle


_POSTPONED = [
    _postpone(thing) for thing in list(vars(ffi).values()) if isinstance(thing, type) and "__del__" in vars(thing)
]


def keep_all() -> None:
    """Free nothing from now on: on its way out the interpreter takes apart what would be freed with."""
    for pair in _POSTPONED:
        for thing in pair:
            del thing.__del__
