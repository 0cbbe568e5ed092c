"""Where a program comes in, and where its mistakes go out again."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from square_oauth._errors import FAILURES, OAuthError, no_option, translate
from square_oauth._logging import interrupt

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_PACKAGE = __name__.partition(".")[0]


class Absent:
    """Stands where nothing was given, since ``None`` is what an unset variable gives."""

    def __repr__(self) -> str:
        return "..."


ABSENT = Absent()


def entry(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Make a function one that programs call.

    A keyword that it does not have is answered with the nearest real one. Errors of the other side become this side's;
    and no frame of ours that anything leaves through, Ctrl-C and cancellation included, still holds what was handed
    over, for error trackers collect the frames' variables. They do so when something is logged, too: so the frame
    here lets go of it when the call begins, and those of calls that send do as soon as they have read it.
    """
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    known = frozenset(names)
    offered = [name for name in names if name not in ("self", "cls")]

    def check(given: dict[str, Any]) -> None:
        for name in given:
            if name not in known:
                no_option(name, offered)

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def waited(*args: Any, **kwargs: Any) -> Any:
            try:
                check(kwargs)
                given: list[Any] = [args, kwargs]
                args, kwargs = (), {}
                result = await function(*given.pop(0), **given.pop())
                interrupt()
                return result
            except BaseException as error:
                args, kwargs, problem = (), {}, _outside(error)
            try:
                raise problem
            finally:
                # It holds this frame, and would keep itself alive.
                del problem

        return cast("Callable[_Parameters, _Result]", waited)

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> _Result:
        try:
            check(kwargs)
            given: list[Any] = [args, kwargs]
            args, kwargs = (), {}
            result = function(*given.pop(0), **given.pop())
            interrupt()
            return result
        except BaseException as error:
            args, kwargs, problem = (), {}, _outside(error)
        try:
            raise problem
        finally:
            # It holds this frame, and would keep itself alive.
            del problem

    return cast("Callable[_Parameters, _Result]", called)


def _outside(error: BaseException) -> BaseException:
    """What a program gets to see of it."""
    try:
        interrupt()
    except KeyboardInterrupt as pressed:
        error = pressed
    is_ours = _forget(error)
    if isinstance(error, FAILURES):
        return translate(error)
    if isinstance(error, OAuthError) or (is_ours and isinstance(error, TypeError)):
        error.__context__ = None
        return error.with_traceback(None)
    return error


def _forget(error: BaseException) -> bool:
    """Empty the frames of ours that it has left, and of what it came from. Tells whether it was in no others."""
    is_ours, chain, seen = True, [error], set()
    while chain:
        one = chain.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        chain += [other for other in (one.__cause__, one.__context__) if other is not None]
        trace = one.__traceback__
        while trace is not None:
            # By name, since a file may be called by the name that it had where it was compiled.
            if str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE:
                # Those that still run, as the caller of this does, take care of themselves.
                with contextlib.suppress(RuntimeError):
                    trace.tb_frame.clear()
            elif one is error:
                is_ours = False
            trace = trace.tb_next
    return is_ours
