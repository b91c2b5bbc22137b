"""The exercises whose checks can score a code question, read from their files: nothing of them is imported."""

from __future__ import annotations

from functools import cache

from questionbank.linting.exercise_checks import EXERCISES, check_names


@cache
def exercise_names() -> tuple[str, ...]:
    """Those that have checks. The files do not change while the site runs."""
    return tuple(sorted(file.parent.name for file in EXERCISES.glob("*/checks.py") if check_names(file)))


def exercise_choices(chosen: str) -> tuple[tuple[str, str], ...]:
    known = exercise_names()
    first = [] if chosen in known else [chosen]
    return tuple((name, name or "–") for name in [*first, *known])


def checks_of(exercise: str) -> tuple[str, ...]:
    if exercise not in exercise_names():
        return ()
    return check_names(EXERCISES / exercise / "checks.py") or ()
