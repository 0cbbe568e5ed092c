"""Every public thing says what it is, in which units, and how it fails."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import public
import square_oauth

# What these are is said by their types.
PLAIN = {"self", "cls", "request"}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function, method and constructor that is written in the package."""
    for path, thing in public.names().items():
        if inspect.isfunction(thing):
            yield path, thing
        elif isinstance(thing, type):
            for name, member in public.members(thing):
                function = getattr(member, "__func__", member)
                # Records and errors are read: their fields are what is documented.
                is_record = name == "__init__" and (is_dataclass(thing) or issubclass(thing, square_oauth.OAuthError))
                if inspect.isfunction(function) and not is_record:
                    yield f"{path}.{name}", function


def written() -> Iterator[ast.ClassDef]:
    """The public types as they stand in the files."""
    names = {kind.__name__ for kind in public.types()}
    for file in Path(square_oauth.__file__).parent.rglob("*.py"):
        if "_ffi" not in file.parts:
            found = ast.walk(ast.parse(file.read_text()))
            yield from (one for one in found if isinstance(one, ast.ClassDef) and one.name in names)


def documentation(path: str, function: Callable[..., Any]) -> str:
    """Its own words; a constructor's may stand at its class."""
    said = inspect.getdoc(function) or ""
    if path.endswith(".__init__"):
        kind = public.names()[path.removesuffix(".__init__")]
        return f"{kind.__doc__ or ''}\n{said}"
    if "those of the constructor" in said:
        kind = public.names()[path.rpartition(".")[0]]
        return f"{said}\n{inspect.getdoc(kind.__init__)}"
    return said


def test_every_public_name_is_documented() -> None:
    named = public.names()
    missing = [
        path for path, thing in named.items() if callable(thing) and not vars(thing).get("__doc__", thing.__doc__)
    ]
    for path, kind in named.items():
        if isinstance(kind, type):
            members = public.members(kind)
            missing += [f"{path}.{name}" for name, member in members if name != "__init__" and not member.__doc__]
    assert not missing, "\n".join(missing)
    assert len(named) > 30


def test_every_module_is_documented() -> None:
    assert not [module.__name__ for module in public.modules() if not module.__doc__]


def test_every_parameter_is_spoken_of() -> None:
    seen, missing = 0, []
    for path, function in functions():
        said = documentation(path, function)
        for name in inspect.signature(function).parameters.keys() - PLAIN:
            seen += 1
            if not any(form in said for form in (f":param {name}:", f"``{name}``")):
                missing.append(f"{path}: {name}")
    assert not missing, "\n".join(missing)
    assert seen > 100


def test_durations_have_their_unit() -> None:
    seen, missing = 0, []
    for path, function in functions():
        for parameter in inspect.signature(function).parameters.values():
            if "timedelta" in str(parameter.annotation):
                seen += 1
                if "second" not in documentation(path, function):
                    missing.append(f"{path}: {parameter.name}")
    assert not missing and seen >= 3, missing


def test_every_field_is_documented() -> None:
    """A field's words stand below it, where editors find them."""
    seen, missing = 0, []
    for described in written():
        for statement, following in pairwise([*described.body, ast.Pass()]):
            if isinstance(statement, ast.AnnAssign) and not ast.unparse(statement.target).startswith("_"):
                seen += 1
                if not (isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)):
                    missing.append(f"{described.name}.{ast.unparse(statement.target)}")
    assert not missing, "\n".join(missing)
    assert seen > 20


def test_what_can_fail_says_how() -> None:
    """An entry is what turns errors of the other side into this side's."""
    seen, missing = 0, []
    for path, function in functions():
        if function.__code__.co_filename.endswith("_entry.py"):
            seen += 1
            said = documentation(path, function).lower()
            if "raises ``" not in said:
                missing.append(path)
    assert not missing, "\n".join(missing)
    assert seen > 20
