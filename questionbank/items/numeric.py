"""A number typed by the learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from questionbank.definition import ToleranceDefinition
from questionbank.items.base import (
    Feedback,
    Item,
    ItemOutcome,
    ItemVerdict,
    ParseProblem,
    Presentation,
    Response,
    submitted,
)
from questionbank.items.number_parsing import NumberProblem, parse_number, reading, typed
from questionbank.items.tolerance import accepts, decimals_to_show


@dataclass(frozen=True)
class Numeric(Item):
    type: ClassVar[str] = "numeric"

    @property
    def key(self) -> float:
        key = self.variant.key if self.variant.key is not None else self.question.key
        if key is None:
            raise ValueError(f"question {self.question.id} has neither a key nor a variant with one")
        return float(key)

    @property
    def tolerance(self) -> ToleranceDefinition:
        return self.question.tolerance or ToleranceDefinition("relative", 0.0)

    @property
    def slips(self) -> dict[str, float]:
        """Known-wrong values in the author's order."""
        computed = {**self.question.slips, **self.variant.slips}
        return {slip: float(value) for slip, value in computed.items() if value is not None}

    def key_text(self, language: str) -> str:
        """The key as printed; typing it back is right."""
        return typed(self.key, language, decimals_to_show(self.tolerance, self.key))

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        typed_text = "" if self.is_blank(response) else str((response or {})["text"])
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            unit=self.question.unit or "",
            answer_text=typed_text,
            reading=self.reading_of(response, language),
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        texts = submitted(form)
        text = texts[-1].strip() if texts else ""
        unit = self.question.unit or ""
        parsed = parse_number(text, language, unit)
        if parsed is None:
            return {"text": ""}
        if isinstance(parsed, NumberProblem):
            return ParseProblem(parsed.message, {"found": parsed.found, "unit": unit})
        return {"text": text, "value": parsed.value, "ambiguous": parsed.ambiguous}

    def is_blank(self, response: Response | None) -> bool:
        return (response or {}).get("value") is None

    def right_response(self) -> Response:
        return {"text": reading(self.key, "en"), "value": self.key, "ambiguous": False}

    def reading_of(self, response: Response | None, language: str) -> str:
        """How the answer was read, where the typed text does not say it itself; else empty."""
        if response is None or self.is_blank(response):
            return ""
        read = reading(response["value"], language)
        return "" if read == response["text"] and not response["ambiguous"] else read

    def score(self, response: Response | None) -> ItemOutcome:
        if response is None or self.is_blank(response):
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        answer = float(response["value"])
        if accepts(self.tolerance, self.key, answer):
            return ItemOutcome(1.0, ItemVerdict.RIGHT)
        return ItemOutcome(0.0, ItemVerdict.WRONG, slip=self._matched_slip(answer))

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        outcome = self.score(response)
        slip = text.slips.get(outcome.slip, "") if outcome.slip else ""
        unit = f"\N{NO-BREAK SPACE}{self.question.unit}" if self.question.unit else ""
        return Feedback(
            language=shown,
            outcome=outcome,
            answer_html=escape("" if self.is_blank(response) else str((response or {})["text"])),
            right_answer_html=escape(self.key_text(shown) + unit),
            explanation_html=self.render(text.explanation, shown),
            slip_html=self.render(slip, shown) if slip else "",
        )

    def _matched_slip(self, answer: float) -> str | None:
        near = [
            (abs(value - answer), slip) for slip, value in self.slips.items() if self._is_slip(value, answer)
        ]
        return min(near)[1] if near else None

    def _is_slip(self, value: float, answer: float) -> bool:
        tolerance = self.tolerance
        if tolerance.kind == "interval":  # says nothing about other numbers than the key
            tolerance = ToleranceDefinition("relative", 0.005)
        return accepts(tolerance, value, answer)
