"""In which languages a question can be asked: whole and up to date, out of date, or with parts missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from questionbank.definition import QuestionDefinition

#: Where a text lies in a question: ("texts", "pt-br", "options", "steps", "text").
Place = tuple[str, ...]


class LanguageState(StrEnum):
    OK = "ok"
    #: Whole, but older than the source text: its revision is lower.
    STALE = "stale"
    #: There is no text, or a part of it is missing or empty.
    MISSING = "missing"


def state_of(question: QuestionDefinition, language: str) -> LanguageState:
    """For any definition, also an unfinished one; `language` as it is written in the question (small letters)."""
    if next(missing_parts(question, language), None) is not None:
        return LanguageState.MISSING
    source = question.texts.get(question.source_language)
    if source is not None and question.texts[language].revision < source.revision:
        return LanguageState.STALE
    return LanguageState.OK


def missing_languages(question: QuestionDefinition, languages: Iterable[str]) -> dict[str, LanguageState]:
    """Those of `languages` in which the question cannot be asked, each with the reason; empty: it may be published."""
    states = {language: state_of(question, language) for language in languages}
    return {language: state for language, state in states.items() if state is not LanguageState.OK}


def missing_parts(question: QuestionDefinition, language: str) -> Iterator[Place]:
    """Every place where the language lacks a text that the question has parts for, or that the source text has."""
    for name, texts in (("objective", question.objective), ("convention", question.convention)):
        if not texts.get(language, "").strip():
            yield name, language
    data = question.to_json()["texts"]
    written, source = data.get(language, {}), data.get(question.source_language, {})
    if not written:
        yield "texts", language
        return
    needed = dict.fromkeys([*_parts_of(question), *_leaves(source)])
    present = set(_leaves(written))
    yield from (("texts", language, *place) for place in needed if place not in present)


def _parts_of(question: QuestionDefinition) -> Iterator[Place]:
    """Where every text must say something, whatever the source text says."""
    yield from (("stem",), ("explanation",))
    for option in question.options:
        yield "options", option.id, "text"
        yield "options", option.id, "explanation"
    yield from (("choices", choice) for choice in question.choices)
    yield from (("slips", slip) for slip in question.slips)
    yield from (("hints", hint.id) for hint in question.hints)


def _leaves(value: Any, place: Place = ()) -> Iterator[Place]:
    """Places of the texts that say something. A list counts as one: another language may need more or fewer."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _leaves(member, (*place, str(key)))
    elif (value.strip() if isinstance(value, str) else value) and place != ("revision",):
        yield place
