"""The sentences of a report in one language, from the exercise's messages and the grader's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from grader.messages import explain
from grader.messages import text_in as given_in
from grader.references import Reference, reference_of
from grader.report import CheckResult, Message
from prova.assignments.statements import formula_html
from prova.assignments.texts import visible
from prova.courses.texts import text_in
from questionbank.rendering import RenderingProblem, render
from questionbank.variant import Variant


@dataclass(frozen=True)
class VerdictTexts:
    language: str
    of_exercise: Mapping[str, Mapping[str, str]]
    references: Mapping[str, Reference]

    @classmethod
    def of(cls, metadata: Mapping[str, Any], language: str) -> "VerdictTexts":
        """`metadata` of an exercise's row; versions loaded earlier have no references."""
        references = {key: Reference(**value) for key, value in metadata.get("references", {}).items()}
        return cls(language, metadata["messages"], references)

    def title(self, check: str) -> SafeString:
        texts = self.of_exercise.get(f"checks.{check}")
        return (
            _authored(text_in(texts, self.language), self.language)
            if texts
            else escape(check.replace("_", " "))
        )

    def sentence(self, message: Message | None) -> str:
        return visible(explain(message, self.language, self.of_exercise)) if message else ""

    def slip(self, check: CheckResult) -> SafeString | str:
        if not check.slip:
            return ""
        params = check.message.params if check.message else {}
        text = visible(explain(Message(key=check.slip, params=params), self.language, self.of_exercise))
        # Markdown of the author; a parameter that is a text may come from the learner's program.
        only_numbers = all(isinstance(value, int | float) for value in params.values())
        return _authored(text, self.language) if only_numbers else text

    def formula(self, check: CheckResult) -> SafeString:
        """As MathML; "": the author gave none."""
        # It could be rendered when the exercise was loaded.
        return mark_safe(formula_html(reference_of(check, self.references).formula, self.language))

    def source(self, check: CheckResult) -> str:
        return given_in(reference_of(check, self.references).source, self.language)


def _authored(text: str, language: str) -> SafeString:
    try:
        return mark_safe(render(text, language, Variant(), inline=True))
    except RenderingProblem:
        return escape(text)
