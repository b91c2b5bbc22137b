"""The checks of an exercise, read from the syntax tree of its checks.py: names, points, visibility. Nothing runs."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.curves import Curve, Knots
from grader.errors import BadExercise


@dataclass(frozen=True, kw_only=True)
class CheckInfo:
    name: str
    points: float
    #: hidden checks draw their inputs from the submission's secret seed and show none of them
    visible: bool = True
    #: checks that look at the same mistakes; each costs once (`grader.families`)
    depends_on: tuple[str, ...] = ()
    examples: int | None = None  #: None: as many as the exercise's limits say
    curve: Knots = ()  #: measured value -> share of the points; empty: all points or none


def read_checklist(path: Path) -> tuple[CheckInfo, ...]:
    """In the order of the file. BadExercise: the file or a `@check(...)` in it cannot be read."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        raise BadExercise(path, "not found. It holds the functions marked with @check.") from None
    except (SyntaxError, UnicodeDecodeError) as error:
        raise BadExercise(path, f"is not Python: {error}.") from None
    checks = tuple(
        info for node in tree.body if isinstance(node, ast.FunctionDef) for info in _check_of(node, path)
    )
    if not checks:
        raise BadExercise(path, "has no check. Mark at least one function with @check(points=…).")
    _refuse_doubles_and_wrong_order(checks, path)
    return checks


def _check_of(function: ast.FunctionDef, path: Path) -> list[CheckInfo]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and _name(decorator.func) == "check":
            options = _literals(decorator, function, path)
            return [_info(function.name, options, path)]
        if _name(decorator) == "check":
            raise BadExercise(path, f"{function.name}: write @check(points=…), with brackets.")
    return []


def _info(name: str, options: Mapping[str, Any], path: Path) -> CheckInfo:
    points = options.get("points")
    if isinstance(points, bool) or not isinstance(points, int | float) or points <= 0:
        raise BadExercise(path, f"{name}: @check(points=…) needs a number above zero, not {points!r}.")
    examples = options.get("examples")
    if examples is not None and (type(examples) is not int or examples < 1):
        raise BadExercise(
            path, f"{name}: @check(examples=…) needs a whole number above zero, not {examples!r}."
        )
    depends_on = options.get("depends_on", ())
    return CheckInfo(
        name=name,
        points=float(points),
        visible=bool(options.get("visible", True)),
        depends_on=(depends_on,) if isinstance(depends_on, str) else tuple(depends_on),
        examples=examples,
        curve=_curve(name, options.get("curve"), path),
    )


def _curve(name: str, corners: object, path: Path) -> Knots:
    try:
        return Curve.parse(corners).knots if corners is not None else ()
    except ValueError as error:
        raise BadExercise(path, f"{name}: @check(curve=…): {error}.") from None


def _literals(call: ast.Call, function: ast.FunctionDef, path: Path) -> dict[str, Any]:
    if call.args:
        raise BadExercise(path, f"{function.name}: name the options of @check, as in @check(points=2).")
    options = {}
    for keyword in call.keywords:
        if keyword.arg not in {"points", "visible", "depends_on", "examples", "curve"}:
            raise BadExercise(path, f"{function.name}: @check has no option {keyword.arg!r}.")
        try:
            options[keyword.arg] = ast.literal_eval(keyword.value)
        except ValueError:
            raise BadExercise(
                path,
                f"{function.name}: write {keyword.arg} of @check as a plain value; the site reads it without running the file.",
            ) from None
    return options


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _refuse_doubles_and_wrong_order(checks: tuple[CheckInfo, ...], path: Path) -> None:
    seen: set[str] = set()
    for check in checks:
        if check.name in seen:
            raise BadExercise(path, f"{check.name} is there twice. Rename one.")
        if unknown := [name for name in check.depends_on if name not in seen]:
            raise BadExercise(path, f"{check.name} depends on {unknown[0]!r}, which is not a check above it.")
        if check.visible and (
            secret := [one.name for one in checks if one.name in check.depends_on and not one.visible]
        ):
            raise BadExercise(
                path,
                f"{check.name} is visible and depends on {secret[0]!r}, which is hidden and runs later. "
                "Make both hidden, or let it depend on a visible check.",
            )
        if cheaper := [
            one.name for one in checks if one.name in check.depends_on and one.points < check.points
        ]:
            raise BadExercise(
                path,
                f"{check.name} is worth more than {cheaper[0]!r}, on which it depends: a mistake there would cost more "
                "than that check. Give the one at the root at least as many points.",
            )
        seen.add(check.name)
