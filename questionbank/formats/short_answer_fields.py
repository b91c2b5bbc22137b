"""Short answers: what earns something, known mistakes, and the wordings of both in each language."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import Fields
from questionbank.formats.numeric_fields import check_slip_names
from questionbank.formats.option_fields import refuse_twice
from questionbank.formats.text_fields import read_text_rules, read_wordings
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.typed import AnswerDefinition


def _read(fields: Fields) -> dict[str, Any]:
    answers = tuple(_answer(each) for each in fields.members("answers"))
    slips = _slips(fields)
    refuse_twice(fields, "answers", [*(answer.id for answer in answers), *slips])
    if answers and not any(answer.fraction >= 1 for answer in answers):
        fields.problem(
            "no answer earns everything; give one the fraction 1, or leave its fraction out", "answers"
        )
    return {"answers": answers, "slips": dict.fromkeys(slips), "text_rules": read_text_rules(fields)}


def _answer(fields: Fields) -> AnswerDefinition:
    fields.only({"id", "fraction"})
    fraction = fields.number("fraction", 1.0)
    if fraction is None or not 0 < fraction <= 1:
        fields.problem(
            "a fraction lies above 0 and is at most 1; what is wrong belongs to “slips”", "fraction"
        )
        fraction = 1.0
    return AnswerDefinition(fields.word("id"), fraction)


def _slips(fields: Fields) -> list[str]:
    value = fields.values.get("slips", [])
    if not isinstance(value, list) or not all(isinstance(slip, str) for slip in value):
        fields.problem(
            "“slips” is a list of names; the wrong wordings stand under “answers” in the texts", "slips"
        )
        return []
    check_slip_names(fields, value)
    return value


def _texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    names = [*(answer.id for answer in neutral["answers"]), *neutral["slips"]]
    answers = fields.sub("answers")
    answers.only(names)
    wordings = {name: read_wordings(answers, name) for name in names}
    # why it is wrong, or why it is only a part
    partly = [answer.id for answer in neutral["answers"] if answer.fraction < 1]
    explained = [*neutral["slips"], *partly]
    slips = fields.sub("slips", required=bool(explained))
    slips.only(explained)
    return {"answers": wordings, "slips": {name: slips.text(name) for name in explained}}


SHORT_ANSWER = TypeFormat(frozenset({"answers", "slips", "text_rules"}), _read, _texts)
