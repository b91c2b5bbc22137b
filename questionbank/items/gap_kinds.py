"""One gap: what its key is, how its answer is read, and whether it is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.items.base import digest
from questionbank.items.number_parsing import ParsedNumber, parse_number, reading, typed
from questionbank.items.text_matching import fewest_typos
from questionbank.items.tolerance import accepts, decimals_to_show
from questionbank.rendering import render
from questionbank.rendering.placeholders import filled
from questionbank.typed import GapDefinition, GapKind, TextRules, ToleranceDefinition
from questionbank.variant import Variant

#: What was answered in one gap: ``text`` as typed, with ``value`` and ``ambiguous`` where it is a number that can be
#: read; or ``choice``.
GapAnswer = dict[str, Any]


@dataclass(frozen=True)
class Gap:
    question: QuestionDefinition
    definition: GapDefinition
    variant: Variant
    salt: str

    @property
    def kind(self) -> GapKind:
        return GapKind(self.definition.kind)

    @property
    def key(self) -> float:
        value = self.variant.options.get(self.definition.id, self.definition.key)
        if not isinstance(value, int | float):
            raise ValueError(f"gap {self.definition.id} of {self.question.id} has no number for its key")
        return float(value)

    @property
    def tolerance(self) -> ToleranceDefinition:
        return self.definition.tolerance or ToleranceDefinition("absolute", 0.0)

    @property
    def unit(self) -> str:
        return self.definition.unit or ""

    def wordings(self, language: str) -> list[str]:
        text = self.question.texts[language].gaps[self.definition.id]
        return [filled(each, self.variant, language) for each in text.answers]

    def token(self, choice: str) -> str:
        """Form value of a choice. Says nothing about its id."""
        return digest("gap", self.salt, self.question.id, self.definition.id, choice)

    def read(self, text: str, language: str) -> GapAnswer | None:
        """None: the text is no choice of this gap."""
        if self.kind is GapKind.CHOICE:
            meant = {self.token(choice): choice for choice in self.definition.choices}
            return {"choice": meant[text]} if text in meant else None
        text = text.strip()
        if self.kind is GapKind.NUMBER:
            number = parse_number(text, language, self.unit)
            if isinstance(number, ParsedNumber):
                return {"text": text, "value": number.value, "ambiguous": number.ambiguous}
        return {"text": text}

    def problem(self, answer: Mapping[str, Any], language: str) -> tuple[str, dict[str, str]] | None:
        """Why the number cannot be read; name and parameters of a message."""
        if self.kind is not GapKind.NUMBER or "value" in answer or not answer.get("text"):
            return None
        found = parse_number(answer["text"], language, self.unit)
        if found is None or isinstance(
            found, ParsedNumber
        ):  # it could not be read in the language it was saved in
            return "number.not_a_number", {}
        return found.message, {"found": found.found, "unit": self.unit}

    def is_open(self, answer: Mapping[str, Any]) -> bool:
        """Nothing answered, or nothing that can be read."""
        return ("value" if self.kind is GapKind.NUMBER else self._holds) not in answer

    @property
    def _holds(self) -> str:
        return "choice" if self.kind is GapKind.CHOICE else "text"

    def is_right(self, answer: Mapping[str, Any]) -> bool:
        if self.is_open(answer):
            return False
        if self.kind is GapKind.CHOICE:
            return bool(answer["choice"] == self.definition.right)
        if self.kind is GapKind.NUMBER:
            return accepts(self.tolerance, self.key, float(answer["value"]))
        rules = self.question.text_rules or TextRules()
        accepted = (wording for language in self.question.texts for wording in self.wordings(language))
        return fewest_typos(answer["text"], accepted, rules) is not None

    def right_answer(self) -> GapAnswer:
        if self.kind is GapKind.CHOICE:
            return {"choice": self.definition.right}
        if self.kind is GapKind.NUMBER:
            return {"text": reading(self.key, "en"), "value": self.key, "ambiguous": False}
        return {"text": self.wordings(self.question.source_language)[0]}

    def reading(self, answer: Mapping[str, Any], language: str) -> str:
        """How a number was read, where the typed text does not say it itself."""
        if self.kind is not GapKind.NUMBER or self.is_open(answer):
            return ""
        read = reading(answer["value"], language)
        return "" if read == answer["text"] and not answer["ambiguous"] else read

    def printed_key(self, language: str) -> str:
        """A number with its unit; typing it back is right."""
        number = typed(self.key, language, decimals_to_show(self.tolerance, self.key))
        return f"{number}\N{NO-BREAK SPACE}{self.unit}" if self.unit else number

    def right_html(self, language: str) -> str:
        if self.kind is GapKind.CHOICE:
            return self.choice_html(str(self.definition.right), language)
        if self.kind is GapKind.NUMBER:
            return escape(self.printed_key(language))
        return escape(self.wordings(language)[0])

    def answer_html(self, answer: Mapping[str, Any], language: str) -> str:
        if self.kind is GapKind.CHOICE:
            return self.choice_html(answer["choice"], language) if "choice" in answer else ""
        return escape(answer.get("text", ""))

    def choice_html(self, choice: str, language: str) -> str:
        written = self.question.texts[language].gaps[self.definition.id].choices[choice]
        return render(written, language, self.variant, inline=True)
