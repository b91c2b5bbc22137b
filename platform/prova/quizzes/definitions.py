"""Quizzes as files: questionbank/content/quizzes.yaml. The format: questionbank/content/README.md."""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prova.gradebook.policies import Counts
from prova.quizzes.definition import (
    Asked,
    AskedPool,
    AskedQuestion,
    BadDefinition,
    QuizDefinition,
    SectionDefinition,
)
from prova.quizzes.definition_writing import write_quizzes
from prova.quizzes.models import FeedbackPolicy, Layout, Pin
from questionbank.formats.located_yaml import Place, load
from questionbank.selection import Selection

__all__ = ["BadDefinition", "QuizDefinition", "parse_quizzes", "read_quizzes", "write_quizzes"]

TOLD = ("score", "key", "explanations")


def read_quizzes(file: Path) -> list[QuizDefinition]:
    """Raises BadDefinition, OSError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDefinition(f"{file.name}: cannot be read ({error}); save it as UTF-8 text") from None
    return parse_quizzes(text, file.name)


def parse_quizzes(text: str, name: str) -> list[QuizDefinition]:
    """`name` stands in errors, with the line. Raises BadDefinition."""
    document = load(text)
    if document.problems:
        first = document.problems[0]
        raise BadDefinition(f"{name}, line {first.line}: {first.message}")
    is_wrapped = isinstance(document.value, Mapping)
    entries = document.value.get("quizzes") if is_wrapped else document.value
    if not isinstance(entries, list):
        raise BadDefinition(f"{name}: must be a list of quizzes")
    above: Place = ("quizzes",) if is_wrapped else ()
    return [
        _checked(entry, f"{name}, line {document.lines[(*above, index)]}, quiz {index + 1}")
        for index, entry in enumerate(entries)
    ]


def _checked(entry: Any, where: str) -> QuizDefinition:
    if not isinstance(entry, Mapping):
        raise BadDefinition(f"{where}: a quiz is written as fields: slug, titles, questions")
    try:
        quiz = _quiz(entry)
    except KeyError as error:
        raise BadDefinition(f"{where}: “{error.args[0]}” is missing") from None
    except (TypeError, AttributeError) as error:
        raise BadDefinition(f"{where}: not written as it should be ({error})") from None
    except ValueError as error:
        raise BadDefinition(f"{where}: {error}") from None
    if doubled := {each for each in quiz.slugs if quiz.slugs.count(each) > 1}:
        raise BadDefinition(f"{where}: asked twice: {', '.join(sorted(doubled))}")
    return quiz


def _quiz(entry: Mapping[str, Any]) -> QuizDefinition:
    minutes, attempts = entry.get("time_limit_min"), entry.get("attempts")
    known = set(_READERS) | {"slug", "titles", "descriptions", "time_limit_min", "attempts", "counts"}
    if unknown := set(entry) - known - {"questions", "sections"}:
        raise ValueError(f"not known: {', '.join(sorted(map(str, unknown)))}")
    if "questions" not in entry and "sections" not in entry:
        raise KeyError("questions")
    if entry.get("needs_password") and "published" in entry:
        raise ValueError("published: where it needs a password, it is published by who sets the password")
    rules = {name: read(entry[key]) for key, (name, read) in _READERS.items() if entry.get(key) is not None}
    return QuizDefinition(
        slug=entry["slug"],
        titles=dict(entry["titles"]),
        descriptions=dict(entry.get("descriptions", {})),
        time_limit_s=None if minutes is None else round(minutes * 60),
        attempts_allowed=None if attempts is None else int(attempts),
        counts=Counts(entry.get("counts", Counts.BEST)),
        asks=tuple(map(_asked, entry.get("questions") or ())),
        sections=tuple(map(_section, entry.get("sections") or ())),
        **rules,
    )


def _section(entry: Any) -> SectionDefinition:
    return SectionDefinition(
        titles=dict(entry.get("titles", {})),
        instructions=dict(entry.get("instructions", {})),
        is_shuffled=_truth(entry.get("shuffled", False)),
        asks=tuple(map(_asked, entry["questions"])),
    )


def _asked(entry: Any) -> Asked:
    points, pin = float(entry.get("points", 1)), str(Pin(entry.get("pin", "")))
    if points < 0:
        raise ValueError(f"points below 0: {points:g}")
    if "pool" not in entry:
        return AskedQuestion(slug=entry["id"], points=points, pin=pin)
    draws = int(entry.get("draws", 1))
    if draws < 1:
        raise ValueError(f"a pool draws {draws}")
    return AskedPool(source=Selection.from_json(entry["pool"]), draws=draws, points=points, pin=pin)


def _moment(value: Any) -> datetime:
    """With a zone, or in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"true or false, not {value!r}")
    return value


def _told(value: Sequence[str]) -> tuple[str, ...]:
    if unknown := set(value) - set(TOLD):
        raise ValueError(f"tells: {', '.join(sorted(unknown))}")
    return tuple(each for each in TOLD if each in value)


def _networks(value: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(ipaddress.ip_network(each, strict=False)) for each in value)


#: key in the file: (field, reader)
_READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "opens_at": ("opens_at", _moment),
    "start_until": ("start_until", _moment),
    "closes_at": ("closes_at", _moment),
    "closing_cuts": ("closing_cuts", _truth),
    "feedback": ("feedback_policy", lambda value: str(FeedbackPolicy(value))),
    "tells": ("tells", _told),
    "layout": ("layout", lambda value: str(Layout(value))),
    "one_way": ("is_one_way", _truth),
    "needs_password": ("needs_password", _truth),
    "networks": ("networks", _networks),
    "languages": ("languages", tuple),
    "guessing_penalty": ("guessing_penalty", _truth),
    "marks_blind": ("marks_blind", _truth),
    "published": ("is_published", _truth),
}
