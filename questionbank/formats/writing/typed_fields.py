"""What is typed (words, gaps, outputs, units and digits), as a question file holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from questionbank.definition import QuestionDefinition, QuestionText, ToleranceDefinition
from questionbank.typed import GapDefinition, plain_json


def answers(question: QuestionDefinition) -> list[dict[str, Any]]:
    return [plain_json(each) for each in question.answers]


def text_rules(question: QuestionDefinition) -> Any:
    return plain_json(question.text_rules)


def units(question: QuestionDefinition) -> Any:
    units = question.units
    if units is None:
        return None
    factors = dict(sorted(units.factors.items(), key=lambda unit: (unit[1], unit[0])))
    return {"factors": factors} | ({"required": True} if units.required else {})


def digits(question: QuestionDefinition) -> Any:
    return plain_json(question.digits)


def program(question: QuestionDefinition) -> Any:
    return plain_json(question.program)


def gaps(
    question: QuestionDefinition, tolerance: Callable[[ToleranceDefinition], dict[str, Any]]
) -> list[dict[str, Any]]:
    return [_gap(each, tolerance) for each in question.gaps]


def _gap(gap: GapDefinition, tolerance: Callable[[ToleranceDefinition], dict[str, Any]]) -> dict[str, Any]:
    key = gap.right if gap.choices else gap.key
    return {
        "id": gap.id,
        "kind": gap.kind,
        **({"choices": list(gap.choices)} if gap.choices else {}),
        **({} if key is None else {"key": key}),
        **({} if gap.tolerance is None else {"tolerance": tolerance(gap.tolerance)}),
        **({"unit": gap.unit} if gap.unit else {}),
    }


def answer_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, list[str]]:
    order = [*(answer.id for answer in question.answers), *sorted(question.slips)]
    return {name: list(text.answers[name]) for name in order if name in text.answers}


def gap_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, dict[str, Any]]:
    written = [(each, text.gaps[each.id]) for each in question.gaps if each.id in text.gaps]
    return {
        gap.id: {
            **({"answers": list(said.answers)} if said.answers else {}),
            **(
                {"choices": {each: said.choices[each] for each in gap.choices if each in said.choices}}
                if gap.choices
                else {}
            ),
            "explanation": said.explanation,
        }
        for gap, said in written
    }
