"""What a question says of answers that are typed: words, gaps, the output of a program, units and digits of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class ToleranceDefinition:
    #: absolute | relative | decimal_places | significant_digits | interval | geometric
    kind: str
    value: float = 0.0
    #: relative and geometric: the least absolute margin; needed when the key may be zero.
    floor: float = 0.0
    #: interval only: the accepted ends, both included.
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class TextRules:
    """When two texts are the same answer. Spaces at the ends and repeated ones never count."""

    ignore_case: bool = True
    ignore_accents: bool = True
    #: Hyphens and slashes read as spaces, other marks as nothing.
    ignore_punctuation: bool = True
    #: How many letters may be wrong, missing, too many or exchanged with their neighbour, in the whole answer.
    typos: int = 0
    #: Shorter words must be exact.
    typo_word_length: int = 6


@dataclass(frozen=True)
class AnswerDefinition:
    id: str
    #: Above 0 to 1; what is wrong is a slip.
    fraction: float = 1.0


class GapKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class GapDefinition:
    id: str
    kind: str
    #: Numbers: the right value; None where the generator computes it (``Variant.options``, under the gap's id).
    key: float | None = None
    tolerance: ToleranceDefinition | None = None
    unit: str | None = None
    #: Choices: neutral ids in the order of the list, and the right one.
    choices: tuple[str, ...] = ()
    right: str | None = None


@dataclass(frozen=True)
class GapText:
    explanation: str
    #: Text gaps: what counts as right.
    answers: tuple[str, ...] = ()
    #: Choice gaps: by choice id.
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ProgramDefinition:
    """A program whose output is asked for."""

    #: Python; placeholders print the variant's numbers.
    code: str
    #: None where the generator computes it (``Variant.options["output"]``).
    output: str | None = None
    ignore_case: bool = False
    #: Spaces within a line do not count either.
    ignore_spaces: bool = False


@dataclass(frozen=True)
class UnitsDefinition:
    """Units a number may be typed in, beside the question's own."""

    #: Name -> how many of the question's unit one of it is.
    factors: Mapping[str, float]
    #: A number without a unit is no answer.
    required: bool = False


@dataclass(frozen=True)
class DigitsDefinition:
    """How many significant digits must be typed."""

    least: int = 1
    most: int | None = None


def plain_json(value: Any) -> Any:
    """A definition as JSON; fields that hold their default are left out."""
    if isinstance(value, Mapping):
        return {name: plain_json(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(member) for member in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return {
        each.name: plain_json(getattr(value, each.name))
        for each in fields(value)
        if getattr(value, each.name) != each.default and getattr(value, each.name) not in ((), {})
    }


def typed_from_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of QuestionDefinition that are defined here."""
    read: dict[str, Any] = {}
    for name, kind in (
        ("text_rules", TextRules),
        ("program", ProgramDefinition),
        ("units", UnitsDefinition),
        ("digits", DigitsDefinition),
    ):
        if name in data:
            read[name] = kind(**data[name])
    if "answers" in data:
        read["answers"] = tuple(AnswerDefinition(**answer) for answer in data["answers"])
    if "gaps" in data:
        read["gaps"] = tuple(_gap_from_json(gap) for gap in data["gaps"])
    return read


def _gap_from_json(data: Mapping[str, Any]) -> GapDefinition:
    tolerance = {"tolerance": ToleranceDefinition(**data["tolerance"])} if "tolerance" in data else {}
    return GapDefinition(**{**data, "choices": tuple(data.get("choices", ())), **tolerance})


def typed_texts_from_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of QuestionText that are defined here."""
    read: dict[str, Any] = {}
    if "answers" in data:
        read["answers"] = {name: tuple(answers) for name, answers in data["answers"].items()}
    if "gaps" in data:
        read["gaps"] = {
            name: GapText(**{**gap, "answers": tuple(gap.get("answers", ()))})
            for name, gap in data["gaps"].items()
        }
    return read
