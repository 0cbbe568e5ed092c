"""Refuses to be imported where it would break what is around it.

The other side has one way out for each process, and what it logs enters the interpreter that the process began with:
a second one beside it would hear nothing, and could not leave without ending the calls of the first.
"""

from __future__ import annotations

import ctypes


def _is_main() -> bool:
    try:
        current = ctypes.PYFUNCTYPE(ctypes.c_void_p)(("PyInterpreterState_Get", ctypes.pythonapi))
        number = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)(("PyInterpreterState_GetID", ctypes.pythonapi))
    except AttributeError:
        # Another Python than CPython, which has no second one.
        return True
    return bool(number(current()) == 0)


if not _is_main():
    raise ImportError(
        "square_oauth runs in a process's main interpreter and in no subinterpreter; "
        "under mod_wsgi, set WSGIApplicationGroup %{GLOBAL}; under uWSGI, single-interpreter"
    )
