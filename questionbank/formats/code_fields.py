"""Code questions: whose checks score the answer, what the learner opens, and a source that earns everything."""

from __future__ import annotations

import ast
from typing import Any

from questionbank.formats.fields import Fields
from questionbank.formats.type_format import TypeFormat
from questionbank.marked import CodeDefinition


def _read(fields: Fields) -> dict[str, Any]:
    code = fields.sub("code")
    code.only({"exercise", "checks", "starter", "solution"})
    definition = CodeDefinition(
        exercise=code.word("exercise"),
        starter=_source(code, "starter"),
        solution=_source(code, "solution"),
        checks=_checks(code),
    )
    if definition.starter and definition.starter.strip() == definition.solution.strip():
        code.problem("the solution is the starter; leave out of the starter what is asked", "solution")
    return {"code": definition}


def _source(fields: Fields, key: str) -> str:
    """Python that can be read, ending with one line end."""
    text = fields.text(key)
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as problem:
        fields.problem(f"“{key}” is not Python: {problem}; correct it", key)
    return f"{text}\n" if text else ""


def _checks(fields: Fields) -> tuple[str, ...]:
    value = fields.values.get("checks", [])
    if not isinstance(value, list) or not all(
        isinstance(each, str) and each.isidentifier() for each in value
    ):
        fields.problem("“checks” is a list of names of the exercise's checks; leave it out for all", "checks")
        return ()
    if len(set(value)) < len(value):
        fields.problem("a check is named twice; keep one of them", "checks")
    return tuple(dict.fromkeys(value))


CODE = TypeFormat(frozenset({"code"}), _read)
