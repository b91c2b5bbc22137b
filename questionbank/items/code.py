"""Source code, scored by checks of an exercise in the sandbox. Nothing here runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from questionbank.items.base import Response, submitted
from questionbank.items.feedback import Feedback
from questionbank.items.marking import MarkedItem, marked, typed
from questionbank.items.outcome import ItemOutcome, Marking, Marks, ParseProblem
from questionbank.items.presentation import Presentation
from questionbank.marked import CodeDefinition


@dataclass(frozen=True)
class Code(MarkedItem):
    """A response is ``{"source": text}``. Marks are ``{check: [points, most]}``, of at least the checks that count."""

    type: ClassVar[str] = "code"
    needs_marking: ClassVar[Marking] = Marking.SANDBOX

    @property
    def code(self) -> CodeDefinition:
        if self.question.code is None:
            raise ValueError(f"{self.question.id} names no exercise")
        return self.question.code

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            answer_text=(response or {}).get("source", ""),
            starter=self.code.starter,
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        source = typed(submitted(form))
        if len(source) > self.max_answer_chars:
            return ParseProblem("code.too_long", {"most": str(self.max_answer_chars)})
        return {"source": source} if source.strip() else {}

    def is_blank(self, response: Response | None) -> bool:
        """The starter as it was handed out is no answer."""
        return (response or {}).get("source", "").strip() in ("", self.code.starter.strip())

    def score_answered(self, marks: Marks) -> ItemOutcome:
        counting = self.counting(marks)
        return marked(((earned, most) for earned, most in counting.values()), counting)

    def counting(self, marks: Marks) -> dict[str, list[float]]:
        """Those of the checks that count. ValueError: one of them is missing."""
        names = self.code.checks or tuple(marks)
        missing = [name for name in names if name not in marks]
        if missing:
            raise ValueError(f"exercise {self.code.exercise} has no check {', '.join(missing)}")
        return {name: [float(points) for points in marks[name]] for name in names}

    def full_marks(self) -> Marks:
        return {name: [1.0, 1.0] for name in self.code.checks or ("all",)}

    def right_response(self) -> Response:
        return {"source": self.code.solution}

    def feedback_on(self, response: Response | None, outcome: ItemOutcome, language: str) -> Feedback:
        shown, text = self.text(language)
        return Feedback(
            language=shown,
            outcome=outcome,
            answer_html=escape((response or {}).get("source", "")),
            right_answer_html=f'<pre class="code"><code>{escape(self.code.solution)}</code></pre>',
            explanation_html=self.render(text.explanation, shown),
        )
