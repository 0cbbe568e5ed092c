"""What Python makes of a value, and whether a secret is in it."""

from __future__ import annotations

import copy
import dataclasses
import gc
import io
import json
import logging
import pickle
import pprint
import traceback
from collections.abc import Iterable, Iterator
from types import FunctionType, ModuleType
from typing import Any

CANARY = "CANARYcanaryCANARYcanary0123456789"


def texts_of(thing: Any, doors: Iterable[str] = ()) -> Iterator[str]:
    """Every text that Python, its debuggers, tracebacks and logging make of a thing. ``doors`` are the attributes that
    are there to open it."""
    yield from (repr(thing), str(thing), f"{thing}", f"{thing!r}", "%s %r" % (thing, thing), ascii(thing))  # noqa: UP031
    yield repr([thing]) + repr({"a": thing}) + pprint.pformat({"a": [thing]})
    yield repr(copy.copy(thing)) + repr(copy.deepcopy(thing))
    yield repr(getattr(thing, "__dict__", "")) + repr(getattr(thing, "args", ""))
    inside = getattr(thing, "_inner", None)
    yield repr(inside) + str(inside) + repr(getattr(inside, "__dict__", ""))
    for name in set(dir(thing)) - set(doors):
        yield f"{name}: {_said(lambda name=name: getattr(thing, name))}"
    yield _said(lambda: json.dumps(thing)) + json.dumps(thing, default=str) + json.dumps(thing, default=repr)
    yield _said(lambda: hash(thing)) + _said(lambda: thing < thing) + _said(lambda: f"{thing:>50}")
    yield _said(lambda: thing + "") + _said(lambda: thing.no_such_name) + _said(lambda: thing())
    yield from (_said(lambda protocol=protocol: pickle.dumps(thing, protocol)) for protocol in range(6))
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        yield repr(dataclasses.asdict(thing))
    yield _logged(thing)
    yield from _held(thing)
    if isinstance(thing, BaseException):
        yield from _texts_of_error(thing)


def _said(act: Any) -> str:
    try:
        return repr(act())
    except Exception as error:
        return "".join(traceback.format_exception_only(error)) + repr(error.args)


def _logged(thing: Any) -> str:
    logger, written = logging.getLogger("canary"), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(message)s %(thing)s"))
    logger.propagate = False
    logger.addHandler(handler)
    raised = (type(thing), thing, None) if isinstance(thing, BaseException) else None
    logger.warning("%s %r", thing, thing, extra={"thing": thing}, exc_info=raised)
    logger.removeHandler(handler)
    return written.getvalue()


def _texts_of_error(error: BaseException) -> Iterator[str]:
    yield "".join(traceback.format_exception(error))
    # What error trackers collect: the variables of our own frames.
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    yield "".join(str(frame.locals) for frame in told.stack if "square_oauth" in frame.filename)
    for other in (error.__cause__, error.__context__):
        if other is not None:
            yield from texts_of(other)


def _held(thing: Any) -> Iterator[str]:
    """Every text on this side that a thing holds, however deep: what a debugger or a dump of the heap finds."""
    seen, left = {id(thing)}, [thing]
    while left:
        for held in gc.get_referents(left.pop()):
            if isinstance(held, (type, ModuleType, FunctionType)) or id(held) in seen or _is_of_frames(held):
                continue
            seen.add(id(held))
            left.append(held)
            if isinstance(held, str):
                yield held
            elif isinstance(held, (bytes, bytearray)):
                yield bytes(held).decode("latin-1")


def _is_of_frames(held: Any) -> bool:
    # An error's traceback leads to the variables of the test itself.
    return type(held).__name__ in ("traceback", "frame")
