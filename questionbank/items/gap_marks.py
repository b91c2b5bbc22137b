"""Where the gaps of a stem are: `[[gap.ID]]` is a placeholder, so Markdown, tables, code and the linter leave it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from questionbank.definition import QuestionDefinition
from questionbank.rendering.placeholders import placeholders_in
from questionbank.variant import Variant

_FIRST, MOST_GAPS = 0xE100, 20
#: One sign of a private area per gap: no renderer divides it, and no text holds it.
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + MOST_GAPS - 1)}]")
#: The colouring of code takes the sign for a mistake.
_COLOURED = re.compile(rf'<span class="err">({_MARK.pattern})</span>')


def with_gaps(question: QuestionDefinition, variant: Variant) -> Variant:
    """The variant in which the marks of the gaps stand for something."""
    if not question.gaps:
        return variant
    marks = {f"gap.{gap.id}": chr(_FIRST + place) for place, gap in enumerate(question.gaps[:MOST_GAPS])}
    return replace(variant, params={**variant.params, **marks})


def pieces_of(html: str) -> Iterator[tuple[str, int | None]]:
    """The rendered stem cut at its gaps: what stands before each, and its place in the question's list.

    The last piece has no gap.
    """
    html = _COLOURED.sub(r"\1", html)
    end = 0
    for mark in _MARK.finditer(html):
        yield html[end : mark.start()], ord(mark[0]) - _FIRST
        end = mark.end()
    yield html[end:], None


def gaps_in(stem: str) -> list[str]:
    """The ids that the authored stem names, in its order."""
    names = (placeholder.name.partition(".") for placeholder in placeholders_in(stem))
    return [gap for family, dot, gap in names if dot and family == "gap"]
