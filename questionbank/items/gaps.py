"""A text with gaps, each filled with a word, a number or a choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from typing import Any, ClassVar

from questionbank.items.base import Item, Response, submitted
from questionbank.items.feedback import Feedback, RowFeedback
from questionbank.items.gap_kinds import Gap, GapAnswer
from questionbank.items.gap_marks import pieces_of, with_gaps
from questionbank.items.messages import phrase
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.presentation import Presentation, PresentedGap, RowChoice, StemPiece
from questionbank.items.row_credit import ROW_RULES, RowTally

_FIELD = re.compile(r"g([1-9]\d?)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Gaps(Item):
    """A response is ``{"gaps": {gap id: answer}}``; gaps left empty are not in it.

    The form sends ``gN=TEXT`` for the N-th gap of the question's list, which is the same in every language.
    """

    type: ClassVar[str] = "gaps"
    rules: ClassVar[tuple[str, ...]] = ("every_decision", "all_or_nothing")

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        return {each.id: Gap(self.question, each, self.variant, self.salt) for each in self.question.gaps}

    @property
    def rule(self) -> str:
        return self.question.scoring or self.rules[0]

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, _ = self.text(language)
        given = self.given(response)
        pieces: list[StemPiece] = []
        for number, (html, name) in enumerate(self._stem(shown), start=1):
            gap = self._presented(name, number, given.get(name, {}), shown, language) if name else None
            pieces.append(StemPiece(html, gap))
        return Presentation(
            type=self.type,
            language=shown,
            stem_html="".join(
                piece.html + (f'<span class="gap-mark">{piece.gap.number}</span>' if piece.gap else "")
                for piece in pieces
            ),
            scoring=self.rule,
            text_rules=self.question.text_rules,
            pieces=tuple(pieces),
        )

    def _stem(self, language: str) -> list[tuple[str, str | None]]:
        """HTML before each gap and the gap's id, in the order of this language."""
        marked = replace(self, variant=with_gaps(self.question, self.variant))
        html = marked.render(self.question.texts[language].stem, language)
        names = list(self.gaps)
        return [(piece, None if place is None else names[place]) for piece, place in pieces_of(html)]

    def in_stem(self, language: str) -> list[tuple[str, int]]:
        """The gaps in the order of this language, with their numbers there."""
        return [(name, number) for number, (_, name) in enumerate(self._stem(language), start=1) if name]

    def _presented(
        self, name: str, number: int, answer: Mapping[str, Any], language: str, asked: str
    ) -> PresentedGap:
        gap = self.gaps[name]
        problem = gap.problem(answer, asked)
        return PresentedGap(
            field=f"g{list(self.gaps).index(name) + 1}",
            number=number,
            kind=gap.kind,
            unit=gap.unit,
            text=str(answer.get("text", "")),
            reading=gap.reading(answer, asked),
            problem=phrase(problem[0], language).format_map(problem[1]) if problem else "",
            choices=tuple(
                RowChoice(
                    gap.token(choice),
                    unescape(re.sub(r"<[^>]+>", "", gap.choice_html(choice, language))),
                    answer.get("choice") == choice,
                )
                for choice in gap.definition.choices
            ),
            is_open=gap.is_open(answer),
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        given: dict[str, GapAnswer] = {}
        names = list(self.gaps)
        for each in submitted(form):
            found = _FIELD.fullmatch(each)
            if not found or int(found[1]) > len(names):
                return ParseProblem("rows.unknown_choice")
            name = names[int(found[1]) - 1]
            if not found[2].strip():
                continue
            answer = self.gaps[name].read(found[2], language)
            if answer is None:
                return ParseProblem("rows.unknown_choice")
            if name in given:
                return ParseProblem("gaps.answered_twice")
            given[name] = answer
        return {"gaps": given}

    def given(self, response: Response | None) -> dict[str, GapAnswer]:
        return dict((response or {}).get("gaps", {}))

    def is_blank(self, response: Response | None) -> bool:
        given = self.given(response)
        return all(gap.is_open(given.get(name, {})) for name, gap in self.gaps.items())

    def right_response(self) -> Response:
        return {"gaps": {name: gap.right_answer() for name, gap in self.gaps.items()}}

    def score(self, response: Response | None) -> ItemOutcome:
        if self.is_blank(response):
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        verdicts = self.verdicts(response)
        right = tuple(name for name, verdict in verdicts.items() if verdict is ItemVerdict.RIGHT)
        wrong = sum(verdict is ItemVerdict.WRONG for verdict in verdicts.values())
        fraction = ROW_RULES[self.rule](RowTally(len(verdicts), right=len(right), wrong=wrong, choices=2))
        verdict = ItemVerdict.RIGHT if fraction >= 1 else ItemVerdict.PARTLY
        return ItemOutcome(fraction, verdict if fraction > 0 else ItemVerdict.WRONG, right_rows=right)

    def verdicts(self, response: Response | None) -> dict[str, ItemVerdict]:
        given = self.given(response)
        return {name: _verdict(gap, given.get(name, {})) for name, gap in self.gaps.items()}

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        given, verdicts = self.given(response), self.verdicts(response)
        rows = tuple(
            RowFeedback(
                text_html=phrase("gaps.gap", shown).format(number=number),
                explanation_html=self.render(text.gaps[name].explanation, shown),
                answer_html=self.gaps[name].answer_html(given.get(name, {}), shown),
                right_html=self.gaps[name].right_html(shown),
                verdict=verdicts[name],
            )
            for name, number in self.in_stem(shown)
        )
        return Feedback(
            language=shown,
            outcome=self.score(response),
            answer_html="; ".join(f"{row.text_html}: {row.answer_html}" for row in rows if row.answer_html),
            right_answer_html="; ".join(f"{row.text_html}: {row.right_html}" for row in rows),
            explanation_html=self.render(text.explanation, shown),
            rows=rows,
        )


def _verdict(gap: Gap, answer: Mapping[str, Any]) -> ItemVerdict:
    if gap.is_open(answer):
        return ItemVerdict.BLANK
    return ItemVerdict.RIGHT if gap.is_right(answer) else ItemVerdict.WRONG
