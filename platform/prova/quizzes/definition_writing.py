"""From definitions to the text of a file; reading it gives the same definitions."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

import yaml

from prova.gradebook.policies import Counts
from prova.quizzes.definition import Asked, AskedQuestion, QuizDefinition, SectionDefinition


def write_quizzes(quizzes: Iterable[QuizDefinition]) -> str:
    document = {"quizzes": [_quiz(quiz) for quiz in quizzes]}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)


def _quiz(quiz: QuizDefinition) -> dict[str, Any]:
    entry: dict[str, Any] = {"slug": quiz.slug, "titles": dict(quiz.titles)}
    if quiz.descriptions:
        entry["descriptions"] = dict(quiz.descriptions)
    if quiz.time_limit_s is not None:
        minutes = quiz.time_limit_s / 60
        entry["time_limit_min"] = int(minutes) if minutes.is_integer() else minutes
    if quiz.attempts_allowed is not None:
        entry["attempts"] = quiz.attempts_allowed
    if quiz.counts is not Counts.BEST:
        entry["counts"] = quiz.counts.value
    rules = {
        "opens_at": quiz.opens_at,
        "start_until": quiz.start_until,
        "closes_at": quiz.closes_at,
        "closing_cuts": quiz.closing_cuts,
        "feedback": quiz.feedback_policy,
        "tells": quiz.tells,
        "layout": quiz.layout,
        "one_way": quiz.is_one_way,
        "needs_password": True if quiz.needs_password else None,
        "networks": quiz.networks,
        "languages": quiz.languages,
        "guessing_penalty": quiz.guessing_penalty,
        "marks_blind": quiz.marks_blind,
        "published": None if quiz.is_published else False,
    }
    entry |= {key: _plain(value) for key, value in rules.items() if value is not None}
    if quiz.asks or not quiz.sections:
        entry["questions"] = [_asked(asked) for asked in quiz.asks]
    if quiz.sections:
        entry["sections"] = [_section(section) for section in quiz.sections]
    return entry


def _section(section: SectionDefinition) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if section.titles:
        entry["titles"] = dict(section.titles)
    if section.instructions:
        entry["instructions"] = dict(section.instructions)
    if section.is_shuffled:
        entry["shuffled"] = True
    return {**entry, "questions": [_asked(asked) for asked in section.asks]}


def _asked(asked: Asked) -> dict[str, Any]:
    entry: dict[str, Any]
    if isinstance(asked, AskedQuestion):
        entry = {"id": asked.slug}
    else:
        entry = {
            "pool": {key: _plain(value) for key, value in asked.source.to_json().items()},
            "draws": asked.draws,
        }
    entry["points"] = int(asked.points) if asked.points.is_integer() else asked.points
    if asked.pin:
        entry["pin"] = asked.pin
    return entry


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
