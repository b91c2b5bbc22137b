"""The catalogue of built-in generators, read from their source: importing them would load the reference library."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import questionbank

FOLDER = Path(questionbank.__file__).parent / "generators"


@cache
def catalogue() -> tuple[tuple[str, str], ...]:
    """(name, first line of its description), by name. The files do not change while the site runs."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for name in filter(None, map(_registered_name, node.decorator_list)):
                    found[name] = (ast.get_docstring(node) or "").split("\n")[0]
    return tuple(sorted(found.items()))


def _registered_name(decorator: ast.expr) -> str:
    """x of @generator("x")."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Name):
        return ""
    if decorator.func.id != "generator" or not decorator.args:
        return ""
    argument = decorator.args[0]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""
