"""One question in several languages: the same numbers, formulas, code and placeholders, and none out of date."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from questionbank.definition import SOURCE_LANGUAGE
from questionbank.findings import Finding
from questionbank.linting.numerals import numerals
from questionbank.linting.subject import Subject, named, texts_in
from questionbank.rendering import Parts, parts_of
from questionbank.rendering.placeholders import placeholders_in

_WORDS_IN_FORMULA = re.compile(r"\\(?:text|textbf|textit|mathrm|operatorname\*?)\s*\{[^{}]*\}")
_SPACE_IN_FORMULA = re.compile(r"\\[,;:! ]|\\quad|\\qquad|~|\s+")


def stale_texts(subject: Subject) -> Iterator[Finding]:
    for language, text in subject.translations.items():
        if text.revision < subject.source_text.revision:
            yield subject.finding(
                "stale",
                f"the text in {language} is of revision {text.revision}, the source of "
                f"{subject.source_text.revision}; bring it up to date and raise its revision",
                *("texts", language),
            )


def unequal_parts(subject: Subject) -> Iterator[Finding]:
    source = dict(texts_in(subject.source_text))
    for language, text in subject.translations.items():
        for place, written in texts_in(text):
            for rule, difference in _differences(source[place], written, language):
                yield subject.finding(
                    rule,
                    f"{named(place)}: {difference}; both languages must say the same",
                    *("texts", language, *place),
                )


def _differences(source: str, translation: str, language: str) -> Iterator[tuple[str, str]]:
    before, after = parts_of(source), parts_of(translation)
    compared: list[tuple[str, str, Callable[[Parts, str], list[str]]]] = [
        ("placeholders", "placeholders", _placeholders),
        ("formulas", "formulas", _formulas),
        ("code", "code", _code),
        ("numbers", "numbers", lambda parts, tongue: numerals(parts.prose, tongue)),
    ]
    for rule, what, take in compared:
        difference = _difference(take(before, SOURCE_LANGUAGE), take(after, language), language)
        if difference:
            yield rule, f"{what} differ ({difference})"


def _difference(source: list[str], translation: list[str], language: str) -> str:
    missing, extra = Counter(source) - Counter(translation), Counter(translation) - Counter(source)
    said = [f"only in {SOURCE_LANGUAGE}: {', '.join(sorted(missing))}"] if missing else []
    return "; ".join(said + ([f"only in {language}: {', '.join(sorted(extra))}"] if extra else []))


def _placeholders(parts: Parts, language: str) -> list[str]:
    whole = " ".join([parts.prose, *parts.formulas, *parts.code])
    return sorted({str(placeholder) for placeholder in placeholders_in(whole)})


def _formulas(parts: Parts, language: str) -> list[str]:
    return [_normalised(formula) for formula in parts.formulas]


def _normalised(formula: str) -> str:
    """Words, spaces, the decimal sign and the separator of lists belong to the language."""
    bare = _WORDS_IN_FORMULA.sub("", formula).replace("{,}", ".").replace(";", ",")
    return _SPACE_IN_FORMULA.sub("", bare)


def _code(parts: Parts, language: str) -> list[str]:
    return [re.sub(r"\s*#[^\n]*", "", code).strip() for code in parts.code]
