"""A program to be read: the answer is what it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from questionbank.items.base import Item, Response, submitted
from questionbank.items.feedback import Feedback
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.output_lines import compared, difference, lines_of, share_of_lines
from questionbank.items.presentation import Presentation
from questionbank.rendering import render
from questionbank.rendering.placeholders import filled
from questionbank.typed import ProgramDefinition
from questionbank.variant import Variant

#: Longer than any run of tildes in a program.
_FENCE = "~" * 12


@dataclass(frozen=True)
class CodeReading(Item):
    """A response is ``{"text": …}``, as typed."""

    type: ClassVar[str] = "code_reading"
    #: `lines` pays the share of the lines that are right and in order.
    rules: ClassVar[tuple[str, ...]] = ("all_or_nothing", "lines")

    @property
    def program(self) -> ProgramDefinition:
        if self.question.program is None:
            raise ValueError(f"question {self.question.id} has no program")
        return self.question.program

    @property
    def code(self) -> str:
        """As it is shown and as it runs: neutral, with the numbers of the variant."""
        return filled(self.program.code, self.variant, self.question.source_language)

    @property
    def output(self) -> str:
        output = self.variant.options.get("output", self.program.output)
        if not isinstance(output, str):
            raise ValueError(f"question {self.question.id} has no output, neither its own nor a variant's")
        return output

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            answer_text=self._given(response),
            code_html=render(f"{_FENCE}python\n{self.code}\n{_FENCE}", shown, Variant()),
            scoring=self.question.scoring or self.rules[0],
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        texts = submitted(form)
        return {"text": texts[-1].replace("\r\n", "\n") if texts else ""}

    def is_blank(self, response: Response | None) -> bool:
        return not self._given(response).strip()

    def right_response(self) -> Response:
        return {"text": self.output}

    def _given(self, response: Response | None) -> str:
        return str((response or {}).get("text", ""))

    def score(self, response: Response | None) -> ItemOutcome:
        if self.is_blank(response):
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        expected, given = (
            compared(lines_of(text), self.program) for text in (self.output, self._given(response))
        )
        if expected == given:
            return ItemOutcome(1.0, ItemVerdict.RIGHT)
        fraction = share_of_lines(expected, given) if self.question.scoring == "lines" else 0.0
        return ItemOutcome(fraction, ItemVerdict.PARTLY if fraction else ItemVerdict.WRONG)

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        given = self._given(response)
        return Feedback(
            language=shown,
            outcome=self.score(response),
            answer_html=_block(given),
            right_answer_html=_block(self.output),
            explanation_html=self.render(text.explanation, shown),
            diff=() if self.is_blank(response) else difference(self.output, given, self.program),
        )


def _block(text: str) -> str:
    lines = lines_of(text)
    return f'<code class="output">{escape(chr(10).join(lines))}</code>' if lines else ""
