"""An answer in the learner's own words, marked by a person with a rubric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from questionbank.items.base import Response, submitted
from questionbank.items.feedback import CriterionFeedback, Feedback, LevelFeedback
from questionbank.items.marking import MarkedItem, exactly, marked, typed
from questionbank.items.outcome import ItemOutcome, Marking, Marks, ParseProblem
from questionbank.items.presentation import Presentation


@dataclass(frozen=True)
class FreeText(MarkedItem):
    """A response is ``{"text": what was written}``. Marks are ``{criterion id: level id}``, one for each criterion."""

    type: ClassVar[str] = "free_text"
    needs_marking: ClassVar[Marking] = Marking.PERSON

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            answer_text=(response or {}).get("text", ""),
            words=self.question.words,
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        text = typed(submitted(form)).strip()
        if len(text) > self.max_answer_chars:
            return ParseProblem("text.too_long", {"most": str(self.max_answer_chars)})
        return {"text": text} if text else {}

    def is_blank(self, response: Response | None) -> bool:
        return not (response or {}).get("text", "").strip()

    def score_answered(self, marks: Marks) -> ItemOutcome:
        exactly((criterion.id for criterion in self.question.rubric), marks)
        return marked(
            ((each.points_of(marks[each.id]), each.max_points) for each in self.question.rubric), marks
        )

    def full_marks(self) -> Marks:
        return {each.id: max(each.levels, key=lambda level: level.points).id for each in self.question.rubric}

    def right_response(self) -> Response:
        text = next(iter(self.question.texts.values()))
        return {"text": text.model_answer or "…"}

    def feedback_on(self, response: Response | None, outcome: ItemOutcome, language: str) -> Feedback:
        shown, text = self.text(language)
        return Feedback(
            language=shown,
            outcome=outcome,
            answer_html=escape((response or {}).get("text", "")),
            right_answer_html=self.render(text.model_answer, shown) if text.model_answer else "",
            explanation_html=self.render(text.explanation, shown),
            criteria=self.criteria(shown, outcome.marks),
        )

    def criteria(self, language: str, marks: Marks) -> tuple[CriterionFeedback, ...]:
        """The rubric in the order written, with the levels that these marks give."""
        shown, text = self.text(language)
        return tuple(
            CriterionFeedback(
                id=each.id,
                text_html=self.render(text.rubric[each.id].text, shown, inline=True),
                levels=tuple(
                    LevelFeedback(
                        id=level.id,
                        text_html=self.render(text.rubric[each.id].levels[level.id], shown, inline=True),
                        points=level.points,
                        chosen=marks.get(each.id) == level.id,
                    )
                    for level in each.levels
                ),
            )
            for each in self.question.rubric
        )
