"""One question in several languages: the same numbers, formulas, code and placeholders, and none out of date."""

import re
from collections import Counter
from collections.abc import Iterator

from questionbank.completeness import LanguageState, missing_parts, state_of
from questionbank.findings import Finding, Severity
from questionbank.linting.numerals import numerals
from questionbank.linting.subject import Subject, named, texts_in
from questionbank.rendering import Parts, parts_of
from questionbank.rendering.placeholders import placeholders_in

_WORDS_IN_FORMULA = re.compile(r"\\(?:text|textbf|textit|mathrm|operatorname\*?)\s*\{[^{}]*\}")
_SPACE_IN_FORMULA = re.compile(r"\\[,;:! ]|\\quad|\\qquad|~|\s+")


def missing_texts(subject: Subject) -> Iterator[Finding]:
    """What the bank demands of every question, whatever its source language: settings.BANK_LANGUAGES."""
    for language in subject.languages:
        if state_of(subject.question, language) is LanguageState.MISSING:
            place = next(missing_parts(subject.question, language))
            yield subject.finding(
                "language",
                f"the bank is in {' and '.join(subject.languages)}, and in {language} “{', '.join(place)}” is missing; "
                "write it",
                *place,
            )


def stale_texts(subject: Subject) -> Iterator[Finding]:
    """An error in a language that is demanded; any other may wait for its translator, and is marked as out of date."""
    for language, text in subject.translations.items():
        if text.revision < subject.source_text.revision:
            yield subject.finding(
                "stale",
                f"the text in {language} is of revision {text.revision}, the source of "
                f"{subject.source_text.revision}; bring it up to date and raise its revision",
                *("texts", language),
                severity=Severity.ERROR if language in subject.languages else Severity.WARNING,
            )


def unequal_parts(subject: Subject) -> Iterator[Finding]:
    source = dict(texts_in(subject.source_text))
    for language, text in subject.translations.items():
        for place, written in texts_in(text):
            before = (subject.question.source_language, source.get(place, written))
            for rule, difference in _differences(before, (language, written)):
                yield subject.finding(
                    rule,
                    f"{named(place)}: {difference}; all languages must say the same",
                    *("texts", language, *place),
                )


#: A language and what it says.
Said = tuple[str, str]


def _differences(source: Said, translation: Said) -> Iterator[tuple[str, str]]:
    (first, said), (language, said_again) = source, translation
    before, after = compared_parts(said, first), compared_parts(said_again, language)
    for rule in before:
        difference = _difference((first, before[rule]), (language, after[rule]))
        if difference:
            yield rule, f"{rule} differ ({difference})"


def compared_parts(said: str, language: str) -> dict[str, list[str]]:
    """What every language must say alike, by rule, in one notation."""
    parts = parts_of(said)
    return {
        "placeholders": _placeholders(parts),
        "formulas": [_normalised(formula) for formula in parts.formulas],
        "code": _code(parts),
        "numbers": numerals(parts.prose, language),
    }


def _difference(source: tuple[str, list[str]], translation: tuple[str, list[str]]) -> str:
    first, second = Counter(source[1]), Counter(translation[1])
    alone = [(source[0], first - second), (translation[0], second - first)]
    return "; ".join(f"only in {language}: {', '.join(sorted(each))}" for language, each in alone if each)


def _placeholders(parts: Parts) -> list[str]:
    whole = " ".join([parts.prose, *parts.formulas, *parts.code])
    return sorted({str(placeholder) for placeholder in placeholders_in(whole)})


def _normalised(formula: str) -> str:
    """Words, spaces, the decimal sign and the separator of lists belong to the language."""
    bare = _WORDS_IN_FORMULA.sub("", formula).replace("{,}", ".").replace(";", ",")
    return _SPACE_IN_FORMULA.sub("", bare)


def _code(parts: Parts) -> list[str]:
    return [re.sub(r"\s*#[^\n]*", "", code).strip() for code in parts.code]
