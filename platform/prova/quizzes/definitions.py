"""Quizzes as authored in a file: questionbank/content/quizzes.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from prova.gradebook.policies import Counts


class BadDefinition(ValueError):
    """The file does not describe quizzes; the author's turn. The text says what and where."""


@dataclass(frozen=True, kw_only=True)
class QuizDefinition:
    slug: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    time_limit_s: int | None
    attempts_allowed: int | None
    counts: Counts
    questions: tuple[tuple[str, float], ...]  #: (question id, points), in the order asked


def read_quizzes(file: Path) -> list[QuizDefinition]:
    """Raises BadDefinition, OSError."""
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadDefinition(f"{file.name}: not YAML: {error}") from None
    entries = document.get("quizzes") if isinstance(document, Mapping) else document
    if not isinstance(entries, list):
        raise BadDefinition(f"{file.name}: must be a list of quizzes")
    return [_quiz(entry, f"{file.name}, quiz {place}") for place, entry in enumerate(entries, start=1)]


def _quiz(entry: Any, where: str) -> QuizDefinition:
    try:
        minutes, attempts = entry.get("time_limit_min"), entry.get("attempts")
        quiz = QuizDefinition(
            slug=entry["slug"],
            titles=dict(entry["titles"]),
            descriptions=dict(entry.get("descriptions", {})),
            time_limit_s=None if minutes is None else int(minutes * 60),
            attempts_allowed=None if attempts is None else int(attempts),
            counts=Counts(entry.get("counts", Counts.BEST)),
            questions=tuple((each["id"], float(each.get("points", 1))) for each in entry["questions"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadDefinition(f"{where}: {type(error).__name__}: {error}") from None
    ids = [question for question, _points in quiz.questions]
    if doubled := {each for each in ids if ids.count(each) > 1}:
        raise BadDefinition(f"{where}: asked twice: {', '.join(sorted(doubled))}")
    return quiz
