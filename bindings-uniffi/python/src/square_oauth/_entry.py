"""Where a program comes in, and where its mistakes go out again."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from square_oauth._bridge import ffi
from square_oauth._errors import FAILURES, OAuthError, translate

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class Absent:
    """Stands where nothing was given, since ``None`` is what an unset variable gives."""

    def __repr__(self) -> str:
        return "..."


ABSENT = Absent()


def entry(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Make a function one that programs call.

    A keyword that it does not have is answered with the nearest real one. Errors of the other side become this side's;
    and no frame of ours that an error leaves through still holds what was handed over, for error trackers collect the
    frames' variables.
    """
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    known = frozenset(names)
    offered = [name for name in names if name not in ("self", "cls")]

    def check(given: dict[str, Any]) -> None:
        for name in given:
            if name not in known:
                ffi.check_option(name, offered)

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def waited(*args: Any, **kwargs: Any) -> Any:
            try:
                check(kwargs)
                return await function(*args, **kwargs)
            except Exception as error:
                args, kwargs, problem = (), {}, _outside(error)
            raise problem

        return cast("Callable[_Parameters, _Result]", waited)

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> _Result:
        try:
            check(kwargs)
            return function(*args, **kwargs)
        except Exception as error:
            args, kwargs, problem = (), {}, _outside(error)
        raise problem

    return cast("Callable[_Parameters, _Result]", called)


def _outside(error: Exception) -> Exception:
    if isinstance(error, FAILURES):
        return translate(error)
    if isinstance(error, (OAuthError, TypeError)):
        error.__context__ = None
        return error.with_traceback(None)
    return error
