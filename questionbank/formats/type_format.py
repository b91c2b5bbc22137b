"""What a question file says of one item type, beside what every question has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionbank.formats.fields import Fields

#: Arguments of QuestionDefinition that a type reads.
Neutral = Mapping[str, Any]


def _no_texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class TypeFormat:
    """One per item type, in `<type>_fields.py`; `formats/registry.py` lists them."""

    #: Names of the question's fields that only some types have.
    fields: frozenset[str]
    #: The question's mapping -> arguments of QuestionDefinition. Notes every problem and goes on.
    read: Callable[[Fields], dict[str, Any]]
    #: One language's mapping and what `read` gave -> arguments of QuestionText, under the names of their fields.
    read_texts: Callable[[Fields, Neutral], dict[str, Any]] = _no_texts
