"""Every text must render, in every variant and language."""

import re
from collections.abc import Iterator

from questionbank.findings import Finding
from questionbank.items.gap_marks import with_gaps
from questionbank.linting.subject import Subject, TextPlace, named, texts_in
from questionbank.rendering import RenderingProblem, parts_of, render
from questionbank.variant import Variant

_HTML = re.compile(
    r"</?(?:p|b|i|em|strong|sub|sup|br|span|div|code|img|a|ul|ol|li|table|script|style)\b[^>]*>", re.I
)


def unrenderable(subject: Subject) -> Iterator[Finding]:
    for language, text in subject.question.texts.items():
        for place, written in texts_in(text):
            yield from _first_problem(subject, language, place, written)
    for name in ("objective", "convention"):
        for language, written in getattr(subject.question, name).items():
            try:
                render(written, language, Variant())
            except RenderingProblem as problem:
                yield subject.finding("rendering", str(problem), name, language)


def _first_problem(subject: Subject, language: str, place: TextPlace, written: str) -> Iterator[Finding]:
    for variant in subject.variants:
        if place == ("stem",):
            variant = with_gaps(subject.question, variant)
        try:
            render(written, language, variant, inline=place[-1] == "text")
        except RenderingProblem as problem:
            yield subject.finding("rendering", f"{named(place)}: {problem}", "texts", language, *place)
            return


def html_in_text(subject: Subject) -> Iterator[Finding]:
    for language, text in subject.question.texts.items():
        for place, written in texts_in(text):
            found = _HTML.search(parts_of(written).prose)
            if found:
                yield subject.finding(
                    "html",
                    f"{named(place)}: “{found[0]}” would be shown as it is; write Markdown",
                    *("texts", language, *place),
                )


def blocks_in_options(subject: Subject) -> Iterator[Finding]:
    for language, text in subject.question.texts.items():
        for place, written in texts_in(text):
            if place[-1] == "text" and ("\n\n" in written or "```" in written or "$$" in written):
                yield subject.finding(
                    "option-block",
                    f"{named(place)}: a paragraph, code block or displayed formula; write one phrase",
                    *("texts", language, *place),
                )
