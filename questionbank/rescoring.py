"""Whether an answer may score otherwise under another version of its question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.variant import Variant


def scores_alike(
    old: QuestionDefinition,
    new: QuestionDefinition,
    old_variants: Mapping[int, Variant],
    new_variants: Mapping[int, Variant],
) -> bool:
    """Key, scoring and every variant of the old version (by number) are as they were; only what is said has changed."""
    kept = all(
        number in new_variants and _drawn(new_variants[number]) == _drawn(variant)
        for number, variant in old_variants.items()
    )
    return kept and _judged_by(old) == _judged_by(new) and _wordings(old) == _wordings(new)


def _judged_by(question: QuestionDefinition) -> QuestionDefinition:
    """Without what is only said, and without how variants are drawn: the variants themselves are compared."""
    return replace(
        question,
        topic="",
        level="",
        source="",
        note="",
        source_language="",
        objective={},
        convention={},
        texts={},
        slips={},
        generator=None,
        generator_source=None,
        parameters=None,
        variant_count=1,
        images=question.images if question.hotspot else (),
    )


def _wordings(question: QuestionDefinition) -> dict[str, Any]:
    """The texts that count as answers, where there are any."""
    said = {
        language: (
            dict(text.answers),
            {name: gap.answers for name, gap in text.gaps.items() if gap.answers},
        )
        for language, text in question.texts.items()
    }
    return {language: texts for language, texts in said.items() if any(texts)}


def _drawn(variant: Variant) -> Variant:
    return replace(variant, slips={})
