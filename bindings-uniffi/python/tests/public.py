"""What the package shows to programs, as it says itself: so a new name cannot be forgotten by a test."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import square_oauth


def modules() -> Iterator[ModuleType]:
    """Every module that a program may import, whatever framework it is for."""
    yield square_oauth
    for found in pkgutil.walk_packages(square_oauth.__path__, "square_oauth."):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield importlib.import_module(found.name)


def names() -> dict[str, Any]:
    """Everything public, by where it is imported from."""
    return {f"{module.__name__}.{name}": getattr(module, name) for module in modules() for name in module.__all__}


def types() -> set[type]:
    return {thing for thing in names().values() if isinstance(thing, type)}


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """A type's public methods and properties of ours, as they stand in it."""
    for name in dir(kind):
        if name.startswith("_") and name != "__init__":
            continue
        member = inspect.getattr_static(kind, name)
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        if (getattr(function, "__module__", None) or "").startswith("square_oauth"):
            yield name, member
