"""A word or a phrase typed by the learner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from questionbank.definition import QuestionText
from questionbank.items.base import Item, Response, submitted
from questionbank.items.feedback import Feedback
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.presentation import Presentation
from questionbank.items.text_matching import fewest_typos
from questionbank.rendering.placeholders import filled
from questionbank.typed import TextRules


@dataclass(frozen=True)
class ShortAnswer(Item):
    """A response is ``{"text": …}``, as typed. A wording of any language of the question counts."""

    type: ClassVar[str] = "short_answer"

    @property
    def rules(self) -> TextRules:
        return self.question.text_rules or TextRules()

    @property
    def fractions(self) -> dict[str, float]:
        """What each answer and each slip earns, in the author's order."""
        earning = {answer.id: answer.fraction for answer in self.question.answers}
        return earning | dict.fromkeys(self.question.slips, 0.0)

    def wordings(self, answer: str, language: str | None = None) -> Iterator[str]:
        """Every accepted wording of an answer or a slip, in one language or in all."""
        for tongue, text in self.question.texts.items():
            if language in (None, tongue):
                yield from (filled(each, self.variant, tongue) for each in text.answers.get(answer, ()))

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            answer_text=self._given(response),
            text_rules=self.rules,
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        texts = submitted(form)
        return {"text": texts[-1].strip() if texts else ""}

    def is_blank(self, response: Response | None) -> bool:
        return not self._given(response)

    def right_response(self) -> Response:
        return {"text": next(self._right_wordings(self.question.source_language))}

    def _right_wordings(self, language: str) -> Iterator[str]:
        for answer, fraction in self.fractions.items():
            if fraction >= 1:
                yield from self.wordings(answer, language)

    def _given(self, response: Response | None) -> str:
        return str((response or {}).get("text", ""))

    def score(self, response: Response | None) -> ItemOutcome:
        given = self._given(response)
        if not given:
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        answer = self.recognised(given)
        if answer is None:
            return ItemOutcome(0.0, ItemVerdict.WRONG)
        fraction = self.fractions[answer]
        if answer in self.question.slips:
            return ItemOutcome(0.0, ItemVerdict.WRONG, slip=answer)
        verdict = ItemVerdict.RIGHT if fraction >= 1 else ItemVerdict.PARTLY
        return ItemOutcome(min(fraction, 1.0), verdict, chosen=(answer,))

    def recognised(self, given: str) -> str | None:
        """The answer or slip that is meant: the one with the fewest typos, of those the one that earns most."""
        found = []
        for answer, fraction in self.fractions.items():
            typos = fewest_typos(given, self.wordings(answer), self.rules)
            if typos is not None:
                found.append((typos, -fraction, answer))
        return min(found)[2] if found else None

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        outcome = self.score(response)
        return Feedback(
            language=shown,
            outcome=outcome,
            answer_html=escape(self._given(response)),
            right_answer_html=escape(next(self._right_wordings(shown))),
            explanation_html=self.render(text.explanation, shown),
            slip_html=self._call_out(outcome, text, shown),
        )

    def _call_out(self, outcome: ItemOutcome, text: QuestionText, language: str) -> str:
        """Why it is wrong, or only partly right."""
        name = outcome.slip or next(iter(outcome.chosen), "")
        return self.render(text.slips[name], language) if name in text.slips else ""
