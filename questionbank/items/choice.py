"""One or several options out of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from questionbank.definition import OptionDefinition
from questionbank.items.base import Item, Response, digest, submitted
from questionbank.items.feedback import Feedback, OptionFeedback
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.partial_credit import DEFAULT_RULE, FRACTIONS, RULES, Tally, sum_of_fractions
from questionbank.items.presentation import Presentation, PresentedOption


@dataclass(frozen=True)
class ChoiceItem(Item):
    multiple: ClassVar[bool]

    def token(self, option: OptionDefinition) -> str:
        return digest("option", self.salt, self.question.id, option.id)

    def order(self, seed: int | str) -> list[OptionDefinition]:
        """Sorted by a digest of the seed: the same in every language and under every Python version."""
        return sorted(
            self.question.options,
            key=lambda option: (
                option.pinned_last,
                "" if option.pinned_last else digest("order", seed, option.id),
            ),
        )

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        chosen = self._chosen(response)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            options=tuple(
                PresentedOption(
                    token=self.token(option),
                    text_html=self.render(text.options[option.id].text, shown, inline=True),
                    chosen=option.id in chosen,
                )
                for option in self.order(seed)
            ),
            multiple=self.multiple,
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        by_token = {self.token(option): option.id for option in self.question.options}
        tokens = [token for token in submitted(form) if token]
        if any(token not in by_token for token in tokens):
            return ParseProblem("choice.unknown_option")
        if not self.multiple and len(set(tokens)) > 1:
            return ParseProblem("choice.too_many")
        chosen = {by_token[token] for token in tokens}
        return {"chosen": [option.id for option in self.question.options if option.id in chosen]}

    def is_blank(self, response: Response | None) -> bool:
        return not self._chosen(response)

    def right_response(self) -> Response:
        return {"chosen": [option.id for option in self.question.options if option.correct]}

    def score(self, response: Response | None) -> ItemOutcome:
        chosen = self._chosen(response)
        if not chosen:
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        fraction = self._fraction(chosen)
        if fraction >= 1:
            verdict = ItemVerdict.RIGHT
        else:
            verdict = ItemVerdict.PARTLY if fraction > 0 else ItemVerdict.WRONG
        return ItemOutcome(fraction, verdict, chosen=tuple(chosen))

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        chosen = self._chosen(response)
        options = tuple(
            OptionFeedback(
                token=self.token(option),
                text_html=self.render(text.options[option.id].text, shown, inline=True),
                explanation_html=self.render(text.options[option.id].explanation, shown),
                correct=option.correct,
                chosen=option.id in chosen,
            )
            for option in self.order(seed)
        )
        return Feedback(
            language=shown,
            outcome=self.score(response),
            answer_html="; ".join(option.text_html for option in options if option.chosen),
            right_answer_html="; ".join(option.text_html for option in options if option.correct),
            explanation_html=self.render(text.explanation, shown),
            options=options,
        )

    def _chosen(self, response: Response | None) -> list[str]:
        return list((response or {}).get("chosen", []))

    def _fraction(self, chosen: list[str]) -> float:
        raise NotImplementedError


@dataclass(frozen=True)
class SingleChoice(ChoiceItem):
    type: ClassVar[str] = "single_choice"
    multiple: ClassVar[bool] = False

    def _fraction(self, chosen: list[str]) -> float:
        return float(any(option.correct and option.id in chosen for option in self.question.options))


@dataclass(frozen=True)
class MultipleChoice(ChoiceItem):
    type: ClassVar[str] = "multiple_choice"
    multiple: ClassVar[bool] = True

    def _fraction(self, chosen: list[str]) -> float:
        options = self.question.options
        rule = self.question.scoring or DEFAULT_RULE
        if rule == FRACTIONS:
            return sum_of_fractions([option.fraction or 0.0 for option in options if option.id in chosen])
        return RULES[rule](
            Tally(
                options=len(options),
                keys=sum(option.correct for option in options),
                right_chosen=sum(option.correct and option.id in chosen for option in options),
                wrong_chosen=sum(not option.correct and option.id in chosen for option in options),
            )
        )
