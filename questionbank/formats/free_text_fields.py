"""Free-text questions: the rubric, word limits, and in each language what the criteria mean and a model answer."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import Fields
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.marked import CriterionDefinition, CriterionText, LevelDefinition, WordLimits

MOST_WORDS = 2000
#: Levels are given by one digit key.
MOST_LEVELS = 9


def _read(fields: Fields) -> dict[str, Any]:
    rubric = tuple(_criterion(each) for each in fields.members("rubric"))
    _refuse_twice(fields, "rubric", [each.id for each in rubric])
    if not rubric and isinstance(fields.values.get("rubric"), list):
        fields.problem("a rubric has at least one criterion", "rubric")
    return {"rubric": rubric, "words": _words(fields)}


def _criterion(fields: Fields) -> CriterionDefinition:
    fields.only({"id", "levels"})
    levels = tuple(_level(each) for each in fields.members("levels"))
    _refuse_twice(fields, "levels", [each.id for each in levels])
    points = [level.points for level in levels]
    if points and (points != sorted(set(points)) or points[0] != 0 or points[-1] <= 0):
        fields.problem(
            "levels go up from one that is worth 0 points to the full mark, each worth more than the last",
            "levels",
        )
    if not 2 <= len(levels) <= MOST_LEVELS:
        fields.problem(f"{len(levels)} levels; write 2 to {MOST_LEVELS}", "levels")
    return CriterionDefinition(fields.word("id"), levels)


def _level(fields: Fields) -> LevelDefinition:
    fields.only({"id", "points"})
    return LevelDefinition(fields.word("id"), fields.number("points", required=True) or 0)


def _words(fields: Fields) -> WordLimits | None:
    if "words" not in fields.values:
        return None
    words = fields.sub("words")
    words.only({"least", "most"})
    limits = WordLimits(
        words.whole("least", 0, 0, MOST_WORDS),
        words.whole("most", MOST_WORDS, 1, MOST_WORDS) if "most" in words.values else None,
    )
    if limits.most is not None and limits.least > limits.most:
        words.problem("“least” lies above “most”; exchange them", "least")
    return limits


def _texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    written = fields.sub("rubric")
    written.only(each.id for each in neutral["rubric"])
    rubric = {each.id: _criterion_text(written.sub(each.id), each) for each in neutral["rubric"]}
    return {"rubric": rubric, "model_answer": fields.text("model_answer")}


def _criterion_text(fields: Fields, criterion: CriterionDefinition) -> CriterionText:
    fields.only({"text", "levels"})
    levels = fields.sub("levels")
    levels.only(level.id for level in criterion.levels)
    return CriterionText(fields.text("text"), {level.id: levels.text(level.id) for level in criterion.levels})


def _refuse_twice(fields: Fields, key: str, ids: list[str]) -> None:
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        fields.problem(f"“{twice}” is written twice; every one needs an id of its own", key)


FREE_TEXT = TypeFormat(frozenset({"rubric", "words"}), _read, _texts)
