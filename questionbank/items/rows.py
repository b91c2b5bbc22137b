"""Several rows, each answered by one of the same choices."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from questionbank.definition import OptionDefinition, QuestionText
from questionbank.items.base import Item, Response, digest, submitted
from questionbank.items.feedback import Feedback, RowFeedback
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.presentation import Presentation, PresentedRow, RowChoice
from questionbank.items.row_credit import ROW_RULES, RowTally


@dataclass(frozen=True)
class RowItem(Item):
    """A response is ``{"rows": {row id: choice id}}``; rows left open are not in it."""

    #: Names of the scoring rules an author may choose from; the first is used where none is written.
    rules: ClassVar[tuple[str, ...]] = ("every_decision", "net_correct", "all_or_nothing")

    @property
    @abstractmethod
    def choices(self) -> tuple[str, ...]:
        """Ids of what every row may be answered with; neutral."""

    @property
    @abstractmethod
    def key(self) -> dict[str, str]:
        """The right choice of every row."""

    @abstractmethod
    def choice_text(self, choice: str, text: QuestionText, language: str) -> str:
        """HTML of one choice."""

    def choice_label(self, choice: str, text: QuestionText, language: str) -> str:
        """The choice as a control can show it, without markup; empty where that is impossible."""
        return self.choice_text(choice, text, language)

    def choice_list(self, seed: int | str, text: QuestionText, language: str) -> tuple[str, ...]:
        """HTML of the choices in their order, where the page lists them apart from the rows."""
        return ()

    def choice_order(self, seed: int | str) -> tuple[str, ...]:
        return self.choices

    def row_order(self, seed: int | str) -> list[OptionDefinition]:
        """Sorted by a digest of the seed: the same in every language."""
        return sorted(self.question.options, key=lambda row: digest("order", seed, row.id))

    @property
    def rule(self) -> str:
        return self.question.scoring or self.rules[0]

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        given = self.given(response)
        order = self.choice_order(seed)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            scoring=self.rule,
            choices_html=self.choice_list(seed, text, shown),
            rows=tuple(
                PresentedRow(
                    text_html=self.render(text.options[row.id].text, shown, inline=True),
                    choices=tuple(
                        RowChoice(
                            value=self.value(row.id, choice),
                            label=self.choice_label(choice, text, shown),
                            chosen=given.get(row.id) == choice,
                        )
                        for choice in order
                    ),
                )
                for row in self.row_order(seed)
            ),
        )

    def value(self, row: str, choice: str) -> str:
        """Form value of a choice in a row. Says nothing about either id."""
        return digest("row", self.salt, self.question.id, row, choice)

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        meant = {
            self.value(row.id, choice): (row.id, choice)
            for row in self.question.options
            for choice in self.choices
        }
        values = list(dict.fromkeys(value for value in submitted(form) if value))
        if any(value not in meant for value in values):
            return ParseProblem("rows.unknown_choice")
        pairs = [meant[value] for value in values]
        given = dict(pairs)
        if len(given) < len(pairs):
            return ParseProblem("rows.answered_twice")
        return {"rows": {row.id: given[row.id] for row in self.question.options if row.id in given}}

    def is_blank(self, response: Response | None) -> bool:
        return not self.given(response)

    def right_response(self) -> Response:
        return {"rows": self.key}

    def given(self, response: Response | None) -> dict[str, str]:
        return dict((response or {}).get("rows", {}))

    def score(self, response: Response | None) -> ItemOutcome:
        given = self.given(response)
        if not given:
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        fraction = self._fraction(given)
        if fraction >= 1:
            verdict = ItemVerdict.RIGHT
        else:
            verdict = ItemVerdict.PARTLY if fraction > 0 else ItemVerdict.WRONG
        return ItemOutcome(fraction, verdict, right_rows=tuple(self._right_rows(given)))

    def _fraction(self, given: Mapping[str, str]) -> float:
        right = len(list(self._right_rows(given)))
        return ROW_RULES[self.rule](
            RowTally(len(self.key), right=right, wrong=len(given) - right, choices=len(self.choices))
        )

    def _right_rows(self, given: Mapping[str, str]) -> Iterable[str]:
        return (row for row, choice in self.key.items() if given.get(row) == choice)

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        given = self.given(response)
        rows = tuple(self._row_feedback(row.id, given, text, shown) for row in self.feedback_order(seed))
        return Feedback(
            language=shown,
            outcome=self.score(response),
            answer_html="; ".join(f"{row.text_html} → {row.answer_html}" for row in rows if row.answer_html),
            right_answer_html="; ".join(f"{row.text_html} → {row.right_html}" for row in rows),
            explanation_html=self.render(text.explanation, shown),
            rows=rows,
        )

    def feedback_order(self, seed: int | str) -> list[OptionDefinition]:
        return self.row_order(seed)

    def _row_feedback(
        self, row: str, given: Mapping[str, str], text: QuestionText, language: str
    ) -> RowFeedback:
        verdict = ItemVerdict.BLANK
        if row in given:
            verdict = ItemVerdict.RIGHT if given[row] == self.key[row] else ItemVerdict.WRONG
        return RowFeedback(
            text_html=self.render(text.options[row].text, language, inline=True),
            explanation_html=self.render(text.options[row].explanation, language),
            answer_html=self.choice_text(given[row], text, language) if row in given else "",
            right_html=self.choice_text(self.key[row], text, language),
            verdict=verdict,
        )
