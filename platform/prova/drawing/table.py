"""The table of variants, as an author reads it. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prova.drawing.variants import DraftVariants
from questionbank.definition import QuestionDefinition
from questionbank.draw_problem import told
from questionbank.rendering.numbers import format_number
from questionbank.variant import Variant


@dataclass(frozen=True)
class Named:
    name: str
    value: str
    is_right: bool = False


@dataclass(frozen=True)
class Row:
    number: int
    params: tuple[Named, ...]
    key: str
    slips: tuple[Named, ...]
    options: tuple[Named, ...]
    #: Why earlier drawings of this variant were not kept, and how often for this reason.
    redraws: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]
    has_key: bool
    has_slips: bool
    has_options: bool
    has_redraws: bool


def table_of(found: DraftVariants, language: str) -> Table:
    redraws: dict[int, Counter[str]] = {}
    for each in found.redraws:
        redraws.setdefault(each.variant, Counter())[told(each.why, language)] += 1
    rows = tuple(
        _row(found.question, number, variant, redraws.get(number, Counter()), language)
        for number, variant in enumerate(found.variants, start=1)
    )
    return Table(
        rows,
        has_key=any(row.key for row in rows),
        has_slips=any(row.slips for row in rows),
        has_options=any(row.options for row in rows),
        has_redraws=any(row.redraws for row in rows),
    )


def _row(
    question: QuestionDefinition, number: int, variant: Variant, redraws: Counter[str], language: str
) -> Row:
    right = {option.id for option in question.options if option.correct}
    return Row(
        number=number,
        params=_named(variant.params, language),
        key="" if variant.key is None else format_number(variant.key, language),
        slips=_named(variant.slips, language),
        options=tuple(
            Named(name, _text(value, language), name in right) for name, value in variant.options.items()
        ),
        redraws=tuple(redraws.items()),
    )


def _named(values: Mapping[str, Any], language: str) -> tuple[Named, ...]:
    return tuple(Named(name, _text(value, language)) for name, value in values.items())


def _text(value: Any, language: str) -> str:
    if isinstance(value, list):
        return "; ".join(_text(member, language) for member in value)
    return value if isinstance(value, str) else format_number(value, language)
