"""What a person or the sandbox marks by, as a question file holds it."""

from __future__ import annotations

from typing import Any

from questionbank.definition import QuestionDefinition, QuestionText


def words(question: QuestionDefinition) -> dict[str, int] | None:
    limits = question.words
    if limits is None:
        return None
    return {"least": limits.least} | ({} if limits.most is None else {"most": limits.most})


def rubric(question: QuestionDefinition) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "levels": [{"id": level.id, "points": level.points} for level in each.levels]}
        for each in question.rubric
    ]


def rubric_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, dict[str, Any]]:
    written = [(each, text.rubric[each.id]) for each in question.rubric if each.id in text.rubric]
    return {
        each.id: {
            "text": said.text,
            "levels": {level.id: said.levels[level.id] for level in each.levels if level.id in said.levels},
        }
        for each, said in written
    }


def code(question: QuestionDefinition) -> dict[str, Any] | None:
    if question.code is None:
        return None
    return {
        "exercise": question.code.exercise,
        **({"checks": list(question.code.checks)} if question.code.checks else {}),
        "starter": question.code.starter.rstrip("\n"),
        "solution": question.code.solution.rstrip("\n"),
    }
