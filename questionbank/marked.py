"""What a question needs that a key cannot score: a rubric for a person, or an exercise's checks for the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LevelDefinition:
    """How well a criterion is met. Levels are written from the least to the full mark."""

    id: str
    #: Of the rubric, not of the quiz: the quiz says what the whole question is worth.
    points: float


@dataclass(frozen=True)
class CriterionDefinition:
    id: str
    levels: tuple[LevelDefinition, ...]

    @property
    def max_points(self) -> float:
        return max((level.points for level in self.levels), default=0.0)

    def points_of(self, level: str) -> float:
        """ValueError: there is no such level."""
        for each in self.levels:
            if each.id == level:
                return each.points
        raise ValueError(f"criterion {self.id} has no level {level!r}")


@dataclass(frozen=True)
class WordLimits:
    """Said to the learner and to who marks; an answer outside of them is kept all the same."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class CodeDefinition:
    """Which exercise's checks score the answer."""

    exercise: str
    #: What the learner opens.
    starter: str
    #: A source that earns everything; shown where right answers are.
    solution: str
    #: Names of the checks that count; empty: all of the exercise.
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriterionText:
    text: str
    levels: Mapping[str, str] = field(default_factory=dict)


def marked_to_json(
    rubric: tuple[CriterionDefinition, ...], words: WordLimits | None, code: CodeDefinition | None
) -> dict[str, Any]:
    """Absent where there are none."""
    written: dict[str, Any] = {}
    if rubric:
        written["rubric"] = [
            {"id": each.id, "levels": [dict(vars(level)) for level in each.levels]} for each in rubric
        ]
    if words:
        written["words"] = dict(vars(words))
    if code:
        written["code"] = {**vars(code), "checks": list(code.checks)}
    return written


def marked_from_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of QuestionDefinition."""
    code = data.get("code")
    return {
        "rubric": tuple(
            CriterionDefinition(each["id"], tuple(LevelDefinition(**level) for level in each["levels"]))
            for each in data.get("rubric", ())
        ),
        "words": WordLimits(**data["words"]) if data.get("words") else None,
        "code": CodeDefinition(**{**code, "checks": tuple(code["checks"])}) if code else None,
    }


def criteria_to_json(criteria: Mapping[str, CriterionText]) -> dict[str, Any]:
    return {name: {"text": each.text, "levels": dict(each.levels)} for name, each in criteria.items()}


def criteria_from_json(data: Mapping[str, Any]) -> dict[str, CriterionText]:
    return {name: CriterionText(each["text"], dict(each["levels"])) for name, each in data.items()}
