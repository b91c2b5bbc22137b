"""The field's words in a language: machine errors are refused, missing terms are pointed out. One file a language in
`glossaries/`; a language without one has no such rules."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from questionbank.findings import Finding, Severity
from questionbank.linting.subject import Subject, named, texts_in
from questionbank.rendering import parts_of

FOLDER = Path(__file__).parent / "glossaries"


@dataclass(frozen=True)
class Glossary:
    #: What is never right, and what to write.
    forbidden: Sequence[tuple[re.Pattern[str], str]] = ()
    #: By source language: where the source says the one, the translation should say the other.
    expected: Mapping[str, Sequence[tuple[re.Pattern[str], re.Pattern[str]]]] = field(default_factory=dict)


@cache
def glossaries() -> Mapping[str, Glossary]:
    """By language."""
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.toml"))}


def _read(file: Path) -> Glossary:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Glossary(
        [(re.compile(pattern, re.I), right) for pattern, right in data["forbidden"].items()],
        {
            source: [(re.compile(said, re.I), re.compile(term, re.I)) for said, term in pairs.items()]
            for source, pairs in data["expected"].items()
        },
    )


def wrong_words(subject: Subject) -> Iterator[Finding]:
    question = subject.question
    for language, glossary in glossaries().items():
        if language not in question.texts:
            continue
        for place, written in texts_in(question.texts[language]):
            for found, right in forbidden_in(parts_of(written).prose, glossary):
                yield subject.finding(
                    "glossary",
                    f"{named(place)}: “{found}” is not said here; write “{right}”",
                    *("texts", language, *place),
                )
        for name in ("objective", "convention"):
            for found, right in forbidden_in(getattr(question, name).get(language, ""), glossary):
                yield subject.finding(
                    "glossary", f"{name}: “{found}” is not said here; write “{right}”", name, language
                )


def forbidden_in(prose: str, glossary: Glossary) -> Iterator[tuple[str, str]]:
    """(what was said, what to write)."""
    for pattern, right in glossary.forbidden:
        found = pattern.search(prose)
        if found:
            yield found[0], right


def missing_terms(subject: Subject) -> Iterator[Finding]:
    source_language = subject.question.source_language
    source = dict(texts_in(subject.source_text))
    for language, translation in subject.translations.items():
        pairs = glossaries().get(language, Glossary()).expected.get(source_language, ())
        for place, written in texts_in(translation) if pairs else ():
            if place not in source:
                continue
            before, after = parts_of(source[place]).prose, parts_of(written).prose
            for said, term in pairs:
                found = said.search(before)
                if found and not term.search(after):
                    yield subject.finding(
                        "term",
                        f"{named(place)}: {source_language} says “{found[0]}”, {language} none of “{term.pattern}”",
                        *("texts", language, *place),
                        severity=Severity.WARNING,
                    )
