"""The field's words in Brazilian Portuguese: machine errors are refused, missing terms are pointed out."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from questionbank.findings import Finding, Severity
from questionbank.linting.subject import Subject, named, texts_in
from questionbank.rendering import parts_of

LANGUAGE = "pt-br"
Patterns = list[tuple[re.Pattern[str], str]]


@cache
def glossary() -> tuple[Patterns, list[tuple[re.Pattern[str], re.Pattern[str]]]]:
    with (Path(__file__).parent / "glossary.toml").open("rb") as file:
        data = tomllib.load(file)
    forbidden = [(re.compile(pattern, re.I), right) for pattern, right in data["forbidden"].items()]
    expected = [
        (re.compile(source, re.I), re.compile(term, re.I)) for source, term in data["expected"].items()
    ]
    return forbidden, expected


def wrong_words(subject: Subject) -> Iterator[Finding]:
    question = subject.question
    if LANGUAGE not in question.texts:
        return
    for place, written in texts_in(question.texts[LANGUAGE]):
        for found, right in _forbidden_in(parts_of(written).prose):
            yield subject.finding(
                "glossary",
                f"{named(place)}: “{found}” is not said here; write “{right}”",
                "texts",
                LANGUAGE,
                *place,
            )
    for name in ("objective", "convention"):
        for found, right in _forbidden_in(getattr(question, name).get(LANGUAGE, "")):
            yield subject.finding(
                "glossary", f"{name}: “{found}” is not said here; write “{right}”", name, LANGUAGE
            )


def _forbidden_in(prose: str) -> Iterator[tuple[str, str]]:
    for pattern, right in glossary()[0]:
        found = pattern.search(prose)
        if found:
            yield found[0], right


def missing_terms(subject: Subject) -> Iterator[Finding]:
    translation = subject.question.texts.get(LANGUAGE)
    if translation is None:
        return
    source = dict(texts_in(subject.source_text))
    for place, written in texts_in(translation):
        if place not in source:
            continue
        before, after = parts_of(source[place]).prose, parts_of(written).prose
        for english, portuguese in glossary()[1]:
            found = english.search(before)
            if found and not portuguese.search(after):
                yield subject.finding(
                    "term",
                    f"{named(place)}: English says “{found[0]}”, Portuguese none of “{portuguese.pattern}”",
                    *("texts", LANGUAGE, *place),
                    severity=Severity.WARNING,
                )
