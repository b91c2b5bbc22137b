"""Numbers written out in prose, and whether they are written as the language writes them."""

import re
from collections.abc import Iterator

from questionbank.findings import Finding
from questionbank.linting.subject import Subject, named, texts_in
from questionbank.rendering import parts_of
from questionbank.rendering.numbers import writes_comma
from questionbank.rendering.placeholders import PLACEHOLDER

_HARD_SPACES = "\u00a0\u202f\u2009"
#: Numbers with points that are names, not quantities.
_REFERENCES = re.compile(
    r"(?i)\b(arxiv|section|seção|sec\.|figure|figura|fig\.|table|tabela|equation|equação|eq\.|version|versão|python"
    r"|doi)[:\s(]*\d[\d./]*\)?"
)
_NUMERAL = re.compile(rf"\d+(?:[.,{_HARD_SPACES}]\d+)*")


def numerals(prose: str, language: str) -> list[str]:
    """Every number of the text in one notation: point for the decimals, no grouping."""
    return [_canonical(numeral, language) for numeral in _written(prose)]


def _written(prose: str) -> list[str]:
    return _NUMERAL.findall(_REFERENCES.sub(" ", PLACEHOLDER.sub(" ", prose)))


def _canonical(numeral: str, language: str) -> str:
    decimal, group = (",", ".") if writes_comma(language) else (".", ",")
    numeral = re.sub(f"[{_HARD_SPACES}]", "", numeral)
    if re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d+)?", numeral):
        numeral = numeral.replace(group, "")
    return numeral.replace(decimal, ".")


def foreign_decimals(subject: Subject) -> Iterator[Finding]:
    """0.5 in a Portuguese sentence, 0,5 in an English one."""
    for language, text in subject.question.texts.items():
        wrong, right = (".", ",") if writes_comma(language) else (",", ".")
        for place, written in texts_in(text):
            for numeral in _written(parts_of(written).prose):
                grouped = re.fullmatch(rf"\d{{1,3}}(\{wrong}\d{{3}})+(\{right}\d+)?", numeral)
                if wrong in numeral and not grouped:
                    yield subject.finding(
                        "decimal-sign",
                        f"{named(place)}: “{numeral}” is not how {language} writes a number; "
                        f"the decimal sign is “{right}”",
                        *("texts", language, *place),
                    )
