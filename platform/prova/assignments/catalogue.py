"""Exercise packages, from files to rows, and to what a page shows of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from grader.exercise import Exercise as Package
from grader.exercise import find_exercises, read_exercise
from prova.assignments.leaderboard.standings import rank_anew, terms_name
from prova.assignments.models import Assignment, Exercise
from prova.assignments.statements import formula_html, statement_html


@dataclass(frozen=True, kw_only=True)
class Loaded:
    slug: str
    version: str
    is_new: bool
    moved: int  #: assignments that now use this version


def read_packages(root: Path) -> list[Package]:
    """BadExercise or RenderingProblem: the author's turn. Nothing has been written then."""
    packages = [read_exercise(folder) for folder in find_exercises(root)]
    for package in packages:
        for language, statement in package.statements.items():
            statement_html(statement, language)
            for reference in package.references.values():
                formula_html(reference.formula, language)
    return packages


@transaction.atomic
def load_packages(packages: Iterable[Package]) -> list[Loaded]:
    """Safe to repeat: what is there already is left alone."""
    return [_load(package) for package in packages]


def _load(package: Package) -> Loaded:
    exercise, is_new = Exercise.objects.get_or_create(
        slug=package.slug, version=package.version, defaults={"metadata": metadata_of(package)}
    )
    outdated = Assignment.with_unlisted.filter(exercise_slug=package.slug).exclude(exercise=exercise)
    to_move = list(outdated.select_related("exercise"))
    outdated.update(exercise=exercise)
    for assignment in to_move:
        if terms_name(assignment.exercise.metadata) != terms_name(exercise.metadata):
            rank_anew(assignment, exercise)
    return Loaded(slug=package.slug, version=package.version, is_new=is_new, moved=len(to_move))


def metadata_of(package: Package) -> dict[str, Any]:
    """What pages show, as JSON. Solutions, mutants and the code of the checks are not in it."""
    return {
        "titles": dict(package.titles),
        "summaries": dict(package.summaries),
        "statements": dict(package.statements),
        "topics": list(package.topics),
        "level": package.level,
        "prerequisites": list(package.prerequisites),
        "leaderboard": _leaderboard(package),
        "starter": package.starter,
        "support": package.support,
        "functions": [asdict(function) for function in package.functions],
        "checks": [
            asdict(check) | {"depends_on": list(check.depends_on), "curve": [list(at) for at in check.curve]}
            for check in package.checks
        ],
        "messages": {key: dict(texts) for key, texts in package.messages.items()},
        "references": {key: asdict(reference) for key, reference in package.references.items()},
        "imports": list(package.imports),
        "forbidden": list(package.forbidden),
        "source_kib": package.limits.source_kib,
        "max_score": package.max_score,
    }


def _leaderboard(package: Package) -> dict[str, Any] | None:
    board = package.leaderboard
    if board is None:
        return None
    return asdict(board) | {"baselines": [asdict(baseline) for baseline in board.baselines]}
