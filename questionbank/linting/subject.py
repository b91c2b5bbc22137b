"""What a rule looks at, and how it reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from questionbank.bank import DrawnQuestion
from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.findings import Finding, Severity
from questionbank.variant import Variant

#: Where a text lies inside one language: ("stem",), ("options", "steps", "text"), ("slips", "halved").
TextPlace = tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    drawn: DrawnQuestion
    #: Every question of the bank must exist in these.
    languages: tuple[str, ...] = ()

    @property
    def question(self) -> QuestionDefinition:
        return self.drawn.located.definition

    @property
    def variants(self) -> tuple[Variant, ...]:
        return self.drawn.variants

    @property
    def source_text(self) -> QuestionText:
        return self.question.texts[self.question.source_language]

    @cached_property
    def translations(self) -> dict[str, QuestionText]:
        source = self.question.source_language
        return {language: text for language, text in self.question.texts.items() if language != source}

    def finding(self, rule: str, message: str, *place: str, severity: Severity = Severity.ERROR) -> Finding:
        located = self.drawn.located
        return Finding(located.file, located.line(*place), rule, message, self.question.id, severity, place)


def texts_in(text: QuestionText) -> Iterator[tuple[TextPlace, str]]:
    yield ("stem",), text.stem
    for option, written in text.options.items():
        yield ("options", option, "text"), written.text
        yield ("options", option, "explanation"), written.explanation
    for choice, label in text.choices.items():
        yield ("choices", choice, "text"), label
    for slip, message in text.slips.items():
        yield ("slips", slip), message
    for criterion, explained in text.rubric.items():
        yield ("rubric", criterion, "text"), explained.text
        for level, meaning in explained.levels.items():
            yield ("rubric", criterion, "levels", level, "text"), meaning
    for region, message in text.regions.items():
        yield ("regions", region), message
    for gap, told in text.gaps.items():
        yield ("gaps", gap, "explanation"), told.explanation
        for choice, label in told.choices.items():
            yield ("gaps", gap, "choices", choice, "text"), label
    for hint, said in text.hints.items():
        yield ("hints", hint), said
    for image, at_picture in text.images.items():
        for name in ("alt", "x", "y"):
            if getattr(at_picture, name):
                yield ("images", image, name), getattr(at_picture, name)
    if text.model_answer:
        yield ("model_answer",), text.model_answer
    yield ("explanation",), text.explanation


def named(place: TextPlace) -> str:
    """The place in words: “option steps, explanation”."""
    return {
        "options": "option ",
        "choices": "choice ",
        "slips": "slip ",
        "rubric": "criterion ",
        "gaps": "gap ",
    }.get(place[0], "") + ", ".join(place[1:] or place)
