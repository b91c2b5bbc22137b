"""A number typed by the learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from questionbank.definition import ToleranceDefinition
from questionbank.items.base import Item, Response, submitted
from questionbank.items.digits import decimals_for, digits_problem
from questionbank.items.feedback import Feedback
from questionbank.items.messages import phrase
from questionbank.items.number_parsing import NumberProblem, parse_number, reading, typed
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.presentation import Presentation
from questionbank.items.tolerance import accepts, decimals_to_show

#: Tolerances that are a share of the key, and so the same in every unit.
_PROPORTIONAL = ("relative", "geometric", "significant_digits")


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

    @property
    def unit(self) -> str:
        return self.question.unit or ""

    @property
    def unit_names(self) -> tuple[str, ...]:
        """Every unit that may be typed, where there is more than the one."""
        units = self.question.units
        if units is None:
            return ()
        return tuple(
            sorted({self.unit, *units.factors}, key=lambda unit: (units.factors.get(unit, 1.0), unit))
        )

    def key_text(self, language: str) -> str:
        """The key as printed, without its unit; in the unit that `printed_unit` names."""
        key = self.key / self._units[self.printed_unit]
        decimals = decimals_to_show(self.tolerance, key)
        return typed(key, language, decimals_for(self.question.digits, key, decimals))

    @property
    def printed_unit(self) -> str:
        """Of those that may be typed, the largest of which the key is at least one."""
        if self.tolerance.kind not in _PROPORTIONAL:  # a margin in another unit would be another number
            return self.unit
        fitting = [(factor, unit) for unit, factor in self._units.items() if abs(self.key) >= factor]
        return max(fitting)[1] if fitting else self.unit

    @property
    def _units(self) -> dict[str, float]:
        units = self.question.units
        return {self.unit: 1.0} | (dict(units.factors) if units else {})

    def typed_key(self, language: str) -> str:
        """What one types who writes the key as it is printed: right."""
        unit = self.printed_unit if self.question.units else ""
        return f"{self.key_text(language)} {unit}".rstrip()

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        typed_text = "" if self.is_blank(response) else str((response or {})["text"])
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            unit="" if self._needs_unit else self.unit,
            answer_text=typed_text,
            reading=self.reading_of(response, language),
            units=self.unit_names,
            unit_required=self._needs_unit,
            digits=self.question.digits,
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        texts = submitted(form)
        text = texts[-1].strip() if texts else ""
        units = self.question.units.factors if self.question.units else None
        parsed = parse_number(text, language, self.unit, units)
        if parsed is None:
            return {"text": ""}
        names = ", ".join(self.unit_names)
        if isinstance(parsed, NumberProblem):
            return ParseProblem(parsed.message, {"found": parsed.found, "unit": self.unit, "units": names})
        if self._needs_unit and not parsed.unit:
            return ParseProblem("number.unit_missing", {"units": names})
        problem = digits_problem(self.question.digits, parsed.digits)
        if problem is not None:
            return problem
        response = {"text": text, "value": parsed.value, "ambiguous": parsed.ambiguous}
        return response | ({"number": parsed.number, "unit": parsed.unit} if units else {})

    @property
    def _needs_unit(self) -> bool:
        return self.question.units is not None and self.question.units.required

    def is_blank(self, response: Response | None) -> bool:
        return (response or {}).get("value") is None

    def right_response(self) -> Response:
        text = reading(self.key, "en")
        if self.question.units is None:
            return {"text": text, "value": self.key, "ambiguous": False}
        unit = self.unit if self._needs_unit else ""
        return {
            "text": f"{text} {unit}".rstrip(),
            "value": self.key,
            "ambiguous": False,
            "number": self.key,
            "unit": unit,
        }

    def reading_of(self, response: Response | None, language: str) -> str:
        """How the answer was read, where the typed text does not say it itself; else empty."""
        if response is None or self.is_blank(response):
            return ""
        read = reading(response["value"], language)
        if self.question.units and self.unit:
            read = f"{read} {self.unit}"
        told = response["text"] in (read, read.removesuffix(f" {self.unit}"))
        return "" if told and not response["ambiguous"] else read

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
        unit = f"\N{NO-BREAK SPACE}{self.printed_unit}" if self.unit else ""
        return Feedback(
            language=shown,
            outcome=outcome,
            answer_html=escape("" if self.is_blank(response) else str((response or {})["text"])),
            right_answer_html=escape(self.key_text(shown) + unit),
            explanation_html=self.render(text.explanation, shown),
            slip_html=self.render(slip, shown) if slip else self._wrong_unit(response, outcome, shown),
        )

    def _wrong_unit(self, response: Response | None, outcome: ItemOutcome, language: str) -> str:
        """The number would be right in another of the units: the commonest mistake where there are several."""
        units = self.question.units
        if response is None or units is None or outcome.verdict is not ItemVerdict.WRONG:
            return ""
        found = response.get("unit") or self.unit
        for unit, factor in self._units.items():
            if unit != found and accepts(self.tolerance, self.key, response["number"] * factor):
                told = phrase("number.wrong_unit", language).format(right=unit, found=found)
                return f"<p>{escape(told)}</p>"
        return ""

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
