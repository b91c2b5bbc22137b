"""Several statements, each true or false."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import ClassVar

from questionbank.definition import QuestionText
from questionbank.items.messages import phrase
from questionbank.items.rows import RowItem


@dataclass(frozen=True)
class TrueFalse(RowItem):
    """The question's options are the statements; `correct` says which are true."""

    type: ClassVar[str] = "true_false"

    @property
    def choices(self) -> tuple[str, ...]:
        return "true", "false"

    @property
    def key(self) -> dict[str, str]:
        return {row.id: "true" if row.correct else "false" for row in self.question.options}

    def choice_text(self, choice: str, text: QuestionText, language: str) -> str:
        return escape(phrase(f"rows.{choice}", language))
