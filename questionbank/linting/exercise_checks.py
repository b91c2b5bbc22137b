"""Code questions: the exercise and the checks they name are there, and can be earned. Nothing is imported: parsed only."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from questionbank.findings import Finding
from questionbank.linting.subject import Subject

EXERCISES = Path(__file__).resolve().parent.parent / "content" / "exercises"


def unknown_checks(subject: Subject) -> Iterator[Finding]:
    code = subject.question.code
    if code is None:
        return
    known = check_names(EXERCISES / code.exercise / "checks.py")
    if known is None:
        yield subject.finding(
            "exercise",
            f"there is no exercise “{code.exercise}” in questionbank/content/exercises; correct the name",
            *("code", "exercise"),
        )
        return
    for name in code.checks:
        if name not in known:
            yield subject.finding(
                "exercise",
                f"exercise {code.exercise} has no check “{name}”; known are {', '.join(known)}",
                *("code", "checks"),
            )


@cache
def check_names(file: Path) -> tuple[str, ...] | None:
    """Functions with the decorator `check` or `metric`, in their order. None: no such file, or not Python."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return None
    return tuple(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any(map(_is_check, node.decorator_list))
    )


def _is_check(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in ("check", "metric")
