"""What a person or the sandbox marks by, as a question file holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionbank.marked import CodeDefinition, CriterionDefinition, CriterionText, WordLimits


def words_of(words: WordLimits | None) -> dict[str, int] | None:
    if words is None:
        return None
    return {"least": words.least} | ({} if words.most is None else {"most": words.most})


def rubric_of(rubric: Sequence[CriterionDefinition]) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "levels": [{"id": level.id, "points": level.points} for level in each.levels]}
        for each in rubric
    ]


def rubric_texts_of(
    rubric: Sequence[CriterionDefinition], texts: Mapping[str, CriterionText]
) -> dict[str, dict[str, Any]]:
    return {
        each.id: {"text": texts[each.id].text, "levels": _levels(each, texts[each.id])}
        for each in rubric
        if each.id in texts
    }


def _levels(criterion: CriterionDefinition, text: CriterionText) -> dict[str, str]:
    return {level.id: text.levels[level.id] for level in criterion.levels if level.id in text.levels}


def code_of(code: CodeDefinition | None) -> dict[str, Any] | None:
    if code is None:
        return None
    return {
        "exercise": code.exercise,
        **({"checks": list(code.checks)} if code.checks else {}),
        "starter": code.starter.rstrip("\n"),
        "solution": code.solution.rstrip("\n"),
    }
