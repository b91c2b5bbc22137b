"""A question as its author wrote it: one neutral part (key, numbers, scoring) and one text per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionbank.marked import (
    CodeDefinition,
    CriterionDefinition,
    CriterionText,
    WordLimits,
    criteria_from_json,
    criteria_to_json,
    marked_from_json,
    marked_to_json,
)
from questionbank.pictures import HotspotDefinition, ImageDefinition, ImageText
from questionbank.typed import (
    AnswerDefinition,
    DigitsDefinition,
    GapDefinition,
    GapText,
    ProgramDefinition,
    TextRules,
    ToleranceDefinition,
    UnitsDefinition,
    plain_json,
    typed_from_json,
    typed_texts_from_json,
)

#: The source language of a question that names none.
SOURCE_LANGUAGE = "en"
LEVELS = ("recall", "apply", "analyse")
_TYPED = ("answers", "text_rules", "gaps", "program", "units", "digits")

__all__ = [
    "LEVELS",
    "SOURCE_LANGUAGE",
    "HintDefinition",
    "OptionDefinition",
    "OptionText",
    "QuestionDefinition",
    "QuestionText",
    "ToleranceDefinition",
]


@dataclass(frozen=True)
class OptionDefinition:
    id: str
    correct: bool = False
    #: Stays after the shuffled options ("none of these").
    pinned_last: bool = False
    #: Only with the scoring rule ``fractions``: what choosing this option adds, -1 to 1.
    fraction: float | None = None
    #: Matching items: the choice this row belongs to.
    match: str | None = None


@dataclass(frozen=True)
class HintDefinition:
    id: str
    #: Share of the question's points that taking it costs, 0 to 1.
    cost: float


@dataclass(frozen=True)
class OptionText:
    text: str
    explanation: str


@dataclass(frozen=True)
class QuestionText:
    stem: str
    explanation: str
    options: Mapping[str, OptionText] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    #: Matching items: text of every choice.
    choices: Mapping[str, str] = field(default_factory=dict)
    #: Raised by the author when the meaning of the source text changes; a translation with a lower one is stale.
    revision: int = 1
    #: By hint id.
    hints: Mapping[str, str] = field(default_factory=dict)
    #: By image id; only what the language writes at the picture.
    images: Mapping[str, ImageText] = field(default_factory=dict)
    #: Hotspot items: why a region is right, or which mistake marks it; by region id.
    regions: Mapping[str, str] = field(default_factory=dict)
    #: Free-text items: what each criterion and its levels mean.
    rubric: Mapping[str, CriterionText] = field(default_factory=dict)
    #: Free-text items: an answer that would earn everything.
    model_answer: str = ""
    #: Short answers: every wording of each answer and slip, by id.
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gaps: Mapping[str, GapText] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionDefinition:
    id: str
    topic: str
    type: str
    level: str
    source: str
    objective: Mapping[str, str]
    convention: Mapping[str, str]
    texts: Mapping[str, QuestionText]
    generator: str | None = None
    #: How many variants are drawn and stored on publishing; 1 without a generator.
    variant_count: int = 1
    options: tuple[OptionDefinition, ...] = ()
    scoring: str | None = None
    key: float | None = None
    tolerance: ToleranceDefinition | None = None
    unit: str | None = None
    #: Slip id -> known-wrong value; None where the generator computes it.
    slips: Mapping[str, float | None] = field(default_factory=dict)
    #: Matching items: ids of what the rows are matched with, distractors included.
    choices: tuple[str, ...] = ()
    #: Taken one after the other, in this order.
    hints: tuple[HintDefinition, ...] = ()
    images: tuple[ImageDefinition, ...] = ()
    hotspot: HotspotDefinition | None = None
    #: Free-text items: what a person marks by, and how long the answer should be.
    rubric: tuple[CriterionDefinition, ...] = ()
    words: WordLimits | None = None
    #: Code items: whose checks score the answer.
    code: CodeDefinition | None = None
    #: An instructor's own generator, as Python text; it only ever runs in the sandbox.
    generator_source: str | None = None
    #: Declared parameters, as written (questionbank.parameters.Declaration reads them).
    parameters: Mapping[str, Any] | None = None
    #: The language the author wrote first; the others are translations of it.
    source_language: str = SOURCE_LANGUAGE
    #: For other authors; no learner sees it.
    note: str = ""

    #: Short answers: what earns something; the words are in the texts, those of slips too.
    answers: tuple[AnswerDefinition, ...] = ()
    #: Short answers and gaps: when a typed text is an accepted one.
    text_rules: TextRules | None = None
    #: Numbered in this order in every language.
    gaps: tuple[GapDefinition, ...] = ()
    #: Code reading items.
    program: ProgramDefinition | None = None
    #: Numeric items: other units that are understood, and how many digits must be typed.
    units: UnitsDefinition | None = None
    digits: DigitsDefinition | None = None

    @property
    def is_generated(self) -> bool:
        """Whether key, slips and options come from a draw."""
        return bool(self.generator or self.generator_source or self.parameters)

    def language_for(self, asked: str) -> str:
        """The language a whole item is shown in: the asked one, its base, the source, or any there is."""
        for candidate in (asked.lower(), asked.lower().split("-")[0], self.source_language):
            if candidate in self.texts:
                return candidate
        return next(iter(self.texts))

    def to_json(self) -> dict[str, Any]:
        tolerance = self.tolerance
        return {
            "id": self.id,
            "topic": self.topic,
            "type": self.type,
            "level": self.level,
            "source": self.source,
            "objective": dict(self.objective),
            "convention": dict(self.convention),
            "generator": self.generator,
            "variant_count": self.variant_count,
            "options": [_option_to_json(option) for option in self.options],
            "scoring": self.scoring,
            "key": self.key,
            "tolerance": None if tolerance is None else dict(vars(tolerance)),
            "unit": self.unit,
            "slips": dict(self.slips),
            "texts": {language: _text_to_json(text) for language, text in self.texts.items()},
            # Absent where there are none: the content's hash of a published question stays what it was.
            **({"choices": list(self.choices)} if self.choices else {}),
            **({"hints": [dict(vars(hint)) for hint in self.hints]} if self.hints else {}),
            **({"images": [image.to_json() for image in self.images]} if self.images else {}),
            **({"hotspot": self.hotspot.to_json()} if self.hotspot else {}),
            **marked_to_json(self.rubric, self.words, self.code),
            **({"generator_source": self.generator_source} if self.generator_source else {}),
            **({"parameters": dict(self.parameters)} if self.parameters else {}),
            **({"source_language": self.source_language} if self.source_language != SOURCE_LANGUAGE else {}),
            **({"note": self.note} if self.note else {}),
            **{name: plain_json(getattr(self, name)) for name in _TYPED if getattr(self, name)},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> QuestionDefinition:
        tolerance = data["tolerance"]
        return cls(
            **{
                **data,
                "options": tuple(OptionDefinition(**option) for option in data["options"]),
                "choices": tuple(data.get("choices", ())),
                "hints": tuple(HintDefinition(**hint) for hint in data.get("hints", ())),
                "images": tuple(ImageDefinition(**image) for image in data.get("images", ())),
                "hotspot": HotspotDefinition.from_json(data["hotspot"]) if "hotspot" in data else None,
                **marked_from_json(data),
                **typed_from_json(data),
                "tolerance": None if tolerance is None else ToleranceDefinition(**tolerance),
                "texts": {language: _text_from_json(text) for language, text in data["texts"].items()},
            }
        )


def _option_to_json(option: OptionDefinition) -> dict[str, Any]:
    written = dict(vars(option))
    return written if option.match else {name: value for name, value in written.items() if name != "match"}


def _text_to_json(text: QuestionText) -> dict[str, Any]:
    return {
        "stem": text.stem,
        "explanation": text.explanation,
        "options": {option: dict(vars(written)) for option, written in text.options.items()},
        "slips": dict(text.slips),
        "revision": text.revision,
        **({"choices": dict(text.choices)} if text.choices else {}),
        **({"hints": dict(text.hints)} if text.hints else {}),
        **({"images": {name: image.to_json() for name, image in text.images.items()}} if text.images else {}),
        **({"regions": dict(text.regions)} if text.regions else {}),
        **({"rubric": criteria_to_json(text.rubric)} if text.rubric else {}),
        **({"model_answer": text.model_answer} if text.model_answer else {}),
        **({"answers": plain_json(text.answers)} if text.answers else {}),
        **({"gaps": plain_json(text.gaps)} if text.gaps else {}),
    }


def _text_from_json(data: Mapping[str, Any]) -> QuestionText:
    options = {option: OptionText(**written) for option, written in data["options"].items()}
    images = {name: ImageText.from_json(image) for name, image in data.get("images", {}).items()}
    rubric = criteria_from_json(data.get("rubric", {}))
    return QuestionText(
        **{**data, "options": options, "images": images, "rubric": rubric, **typed_texts_from_json(data)}
    )
