"""Rows to be matched with choices, some of which may fit no row."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import ClassVar

from questionbank.definition import QuestionText
from questionbank.items.base import digest
from questionbank.items.rows import RowItem
from questionbank.rendering import parts_of


@dataclass(frozen=True)
class Matching(RowItem):
    """The question's options are the rows; `match` names the choice each belongs to."""

    type: ClassVar[str] = "matching"

    @property
    def choices(self) -> tuple[str, ...]:
        return self.question.choices

    @property
    def key(self) -> dict[str, str]:
        return {row.id: str(row.match) for row in self.question.options}

    def choice_order(self, seed: int | str) -> tuple[str, ...]:
        return tuple(sorted(self.choices, key=lambda choice: digest("choice order", seed, choice)))

    def choice_text(self, choice: str, text: QuestionText, language: str) -> str:
        return self.render(text.choices[choice], language, inline=True)

    def choice_label(self, choice: str, text: QuestionText, language: str) -> str:
        # A control shows no formulas, and a fraction without its bar would be another number.
        if parts_of(text.choices[choice]).formulas:
            return ""
        return unescape(self.plain(text.choices[choice], language))

    def choice_list(self, seed: int | str, text: QuestionText, language: str) -> tuple[str, ...]:
        return tuple(self.choice_text(choice, text, language) for choice in self.choice_order(seed))
