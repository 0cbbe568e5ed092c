"""Finds the public names that the programs beside this file do not use: what nobody uses, no type checker looks at.

python complete.py PROGRAM...
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import square_oauth


def public() -> Iterator[str]:
    """As in `square_oauth.web.Page`."""
    packages = pkgutil.walk_packages(square_oauth.__path__, "square_oauth.")
    modules = [one.name for one in packages if not any(part.startswith("_") for part in one.name.split("."))]
    for module in ["square_oauth", *modules]:
        yield from (f"{module}.{name}" for name in importlib.import_module(module).__all__)


def used(program: str) -> Iterator[str]:
    """What a program imports and then has a use for."""
    tree = ast.parse(program)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names if (one.asname or one.name) in names)


there = set(public())
unused = there - {name for program in sys.argv[1:] for name in used(Path(program).read_text())}
if unused:
    sys.exit("used by no program: " + ", ".join(sorted(unused)))
print(f"{len(there)} public names are used")
