"""Steps to be put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from questionbank.definition import OptionDefinition, QuestionText
from questionbank.items.base import Response
from questionbank.items.order_credit import ORDER_RULES
from questionbank.items.presentation import Presentation
from questionbank.items.rows import RowItem


@dataclass(frozen=True)
class Ordering(RowItem):
    """The question's options are the steps in their right order; each is answered with its place, from "1" on."""

    type: ClassVar[str] = "ordering"
    rules: ClassVar[tuple[str, ...]] = tuple(ORDER_RULES)

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(str(place) for place in range(1, len(self.question.options) + 1))

    @property
    def key(self) -> dict[str, str]:
        return dict(zip((step.id for step in self.question.options), self.choices, strict=True))

    def choice_text(self, choice: str, text: QuestionText, language: str) -> str:
        return choice

    def row_order(self, seed: int | str) -> list[OptionDefinition]:
        """Shuffled, and never the right order."""
        shuffled = super().row_order(seed)
        return shuffled if shuffled != list(self.question.options) else [*shuffled[1:], shuffled[0]]

    def feedback_order(self, seed: int | str) -> list[OptionDefinition]:
        return list(self.question.options)

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        given = Counter(self.given(response).values())
        return replace(
            super().present(seed=seed, language=language, response=response),
            repeated=tuple(place for place in self.choices if given[place] > 1),
        )

    def _fraction(self, given: Mapping[str, str]) -> float:
        return ORDER_RULES[self.rule]([int(given[row]) if row in given else None for row in self.key])
