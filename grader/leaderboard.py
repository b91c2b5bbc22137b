"""What an exercise ranks by: `[leaderboard]` of exercise.toml. Plain values; standard library only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checklist import CheckInfo
from grader.curves import Curve
from grader.errors import BadExercise
from grader.toml_table import Texts, only_known, texts_of


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """What a known method reaches, for comparison; it takes no rank."""

    titles: Texts
    value: float  #: in the unit of the ranked check
    against: float | None = None  #: in the unit of the other check; None: a line in the chart, not a point


@dataclass(frozen=True, kw_only=True)
class Leaderboard:
    check: str  #: a check with a curve: its metric ranks
    rises: bool  #: more is better, as the check's curve says
    against: str | None = None  #: another check with a curve: the second axis of the chart
    against_rises: bool = True
    baselines: tuple[Baseline, ...] = ()


def read_leaderboard(table: object, checks: Sequence[CheckInfo], path: Path) -> Leaderboard | None:
    """Of the table `[leaderboard]` in the file `path`. None: there is none. BadExercise: the author's turn."""
    if table is None:
        return None
    if not isinstance(table, dict):
        raise BadExercise(path, "write leaderboard as a table: [leaderboard] with check = 'name of a check'.")
    only_known(table, {"check", "against", "baselines"}, path, "[leaderboard] ")
    curves = {check.name: Curve(check.curve) for check in checks if check.curve}
    ranked = _measuring(table.get("check"), "check", curves, path)
    against = table.get("against")
    if against is not None and _measuring(against, "against", curves, path) == ranked:
        raise BadExercise(path, "[leaderboard] against names the ranked check itself. Name another, or none.")
    return Leaderboard(
        check=ranked,
        rises=curves[ranked].rises,
        against=against,
        against_rises=curves[against].rises if against else True,
        baselines=_baselines(table.get("baselines", []), against is not None, path),
    )


def _measuring(name: object, key: str, curves: Mapping[str, Curve], path: Path) -> str:
    if isinstance(name, str) and name in curves:
        return name
    known = ", ".join(curves) or "none yet; give one @check(…, curve=…)"
    raise BadExercise(
        path, f"[leaderboard] {key} names a check that measures, not {name!r}. Those with a curve: {known}."
    )


def _baselines(tables: object, has_against: bool, path: Path) -> tuple[Baseline, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadExercise(path, "write each known method as a table [[leaderboard.baselines]].")
    return tuple(_baseline(table, has_against, path) for table in tables)


def _baseline(table: Mapping[str, Any], has_against: bool, path: Path) -> Baseline:
    where = "[[leaderboard.baselines]] "
    only_known(table, {"title", "value", "against"}, path, where)
    if "against" in table and not has_against:
        raise BadExercise(
            path,
            f"{where}against: [leaderboard] names no second check. Add `against` there, or leave it out.",
        )
    return Baseline(
        titles=texts_of(table, "title", path),
        value=_number(table.get("value"), f"{where}value", path),
        against=_number(table["against"], f"{where}against", path) if "against" in table else None,
    )


def _number(value: object, name: str, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadExercise(path, f"{name} must be a number, as the check measures it, not {value!r}.")
    return float(value)
