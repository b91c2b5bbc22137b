"""Two languages of a question beside each other, place by place, with what only one of them says. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.linting.languages import compared_parts
from questionbank.linting.subject import TextPlace, texts_in


@dataclass(frozen=True)
class Part:
    """A number, formula, placeholder or piece of code."""

    text: str
    is_alone: bool  #: the other language does not say it, or not as often


@dataclass(frozen=True)
class Compared:
    """One kind of part in both languages."""

    kind: str  #: placeholders | formulas | code | numbers
    source: tuple[Part, ...]
    translation: tuple[Part, ...]

    @property
    def differs(self) -> bool:
        return any(part.is_alone for part in (*self.source, *self.translation))


@dataclass(frozen=True)
class Place:
    place: TextPlace
    source: str | None  #: None: the language has no such text
    translation: str | None
    parts: tuple[Compared, ...]  #: kinds that occur

    @property
    def differs(self) -> bool:
        missing = not (self.source or "").strip() or not (self.translation or "").strip()
        return missing or any(part.differs for part in self.parts)


@dataclass(frozen=True)
class SideBySide:
    places: tuple[Place, ...]
    #: (kind, in the source, in the translation) of what is counted: options, choices, slips ...
    counts: tuple[tuple[str, int, int], ...]

    @property
    def differences(self) -> int:
        return sum(place.differs for place in self.places) + sum(
            one != other for _kind, one, other in self.counts
        )


def side_by_side(question: QuestionDefinition, language: str) -> SideBySide:
    """The source text and the one of `language`, also where the latter does not exist."""
    first = question.source_language
    source, translation = _texts(question, first), _texts(question, language)
    places = [
        _place(place, (first, source.get(place)), (language, translation.get(place)))
        for place in dict.fromkeys([*source, *translation])
    ]
    return SideBySide(tuple(places), tuple(_counts(question.texts.get(first), question.texts.get(language))))


def _texts(question: QuestionDefinition, language: str) -> dict[TextPlace, str]:
    title = {("objective",): question.objective[language]} if question.objective.get(language) else {}
    notation = {("convention",): question.convention[language]} if question.convention.get(language) else {}
    text = question.texts.get(language)
    return title | (dict(texts_in(text)) if text else {}) | notation


def _place(place: TextPlace, source: tuple[str, str | None], translation: tuple[str, str | None]) -> Place:
    said, again = (
        compared_parts(source[1] or "", source[0]),
        compared_parts(translation[1] or "", translation[0]),
    )
    compared = [
        Compared(kind, *_marked(said[kind], again[kind])) for kind in said if said[kind] or again[kind]
    ]
    return Place(place, source[1], translation[1], tuple(compared))


def _marked(one: list[str], other: list[str]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    return tuple(_parts(one, Counter(other))), tuple(_parts(other, Counter(one)))


def _parts(said: list[str], elsewhere: Counter[str]) -> Iterator[Part]:
    for text in said:
        yield Part(text, is_alone=elsewhere[text] <= 0)
        elsewhere[text] -= 1


def _counts(source: QuestionText | None, translation: QuestionText | None) -> Iterator[tuple[str, int, int]]:
    for kind in ("options", "choices", "slips", "gaps", "regions", "hints", "rubric"):
        one, other = (len(getattr(text, kind, ())) if text else 0 for text in (source, translation))
        if one or other:
            yield kind, one, other
