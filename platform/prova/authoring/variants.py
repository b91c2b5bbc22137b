"""The drawn variants of a draft's revision: what is previewed, checked and published.

The web process draws nothing. A question without generator has its one empty variant; a draft that changes nothing a
draw depends on keeps those of the version it is based on; anything else is drawn by a worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prova.authoring.forms.content import Content
from prova.authoring.models import Draft
from questionbank.definition import QuestionDefinition
from questionbank.models import QuestionVersion
from questionbank.questions import definition_of, variant_of
from questionbank.rendering.numbers import format_number
from questionbank.variant import Variant

_WAYS = ("generator", "generator_source", "parameters")


@dataclass(frozen=True)
class Drawn:
    variants: tuple[Variant, ...] = ()
    #: Drawn for exactly this revision, so that they may be published.
    is_current: bool = False
    #: A worker has been asked and has not answered.
    is_waiting: bool = False
    #: Why there are none; the author's turn.
    problem: str = ""
    #: Numbers of the variants kept from the published version, for the page to say so.
    kept_from: int | None = field(default=None)


def is_generated(content: Mapping[str, Any]) -> bool:
    return any(content.get(way) for way in _WAYS)


def variants_of(draft: Draft, definition: QuestionDefinition | None = None) -> Drawn:
    """`definition`: the draft's, where it can be read."""
    if not is_generated(draft.content):
        return Drawn((Variant(),), is_current=True)
    kept = _kept(draft.based_on, definition)
    return kept or Drawn()


def _kept(version: QuestionVersion | None, definition: QuestionDefinition | None) -> Drawn | None:
    """The published variants, where the draft draws in the same way."""
    if version is None:
        return None
    variants = tuple(variant_of(each) for each in version.variants.order_by("number"))
    if definition is not None and draws_alike(definition_of(version), definition):
        return Drawn(variants, is_current=True, kept_from=version.number)
    return Drawn(variants, kept_from=version.number)


def draws_alike(before: QuestionDefinition, now: QuestionDefinition) -> bool:
    """Whether a draw of both gives the same: everything but texts and words about the question is equal.

    Options that read alike are drawn anew, so a change of their texts may draw otherwise.
    """
    options = [
        {language: (text.options, text.choices) for language, text in each.texts.items()}
        for each in (before, now)
    ]
    return options[0] == options[1] and _drawn_from(before) == _drawn_from(now)


def _drawn_from(question: QuestionDefinition) -> Content:
    words = ("texts", "objective", "convention", "source", "level", "note", "topic", "hints", "images")
    return {name: value for name, value in question.to_json().items() if name not in words}


@dataclass(frozen=True)
class VariantTable:
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(variants: tuple[Variant, ...], language: str) -> VariantTable | None:
    """Parameters, generated options, key and slips of every variant, as this language writes numbers; None: no numbers."""
    lines = [_numbers_of(variant) for variant in variants]
    names = tuple(dict.fromkeys(name for line in lines for name in line))
    if not names:
        return None
    rows = tuple(tuple(_written(line.get(name, ""), language) for name in names) for line in lines)
    return VariantTable(names, rows)


def _numbers_of(variant: Variant) -> dict[str, Any]:
    found: dict[str, Any] = dict(variant.params)
    found |= {f"option.{name}": value for name, value in variant.options.items()}
    if variant.key is not None:
        found["key"] = variant.key
    return found | {f"slip.{name}": value for name, value in variant.slips.items()}


def _written(value: Any, language: str) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_written(each, language) for each in value)
    return value if isinstance(value, str) else format_number(value, language)
