"""Questions of every type in which whatever a learner may not see yet bears a mark that no page has."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from prova.courses.models import Course
from prova.quizzes.models import Quiz, QuizItem

from questionbank.definition import QuestionDefinition
from questionbank.items import Item
from questionbank.variant import Variant
from tests.prova.quizzes import questions
from tests.questionbank import samples

MARK = "secretmark"
#: where texts are told only afterwards
_TOLD_LATER = {"explanation", "model_answer", "regions", "slips", "answers", "rubric", "hints", "solution"}
#: what is told later inside of a gap and of an option
_NO_IDS = {"images", "convention", "objective"}
_TOLD_LATER_IN_ROWS = {"explanation", "answers"}


def marked_items() -> Iterator[Item]:
    """One of each type, with two hints."""
    seen = set()
    for item in samples.sample_items():
        if item.type not in seen:
            seen.add(item.type)
            yield _marked(item)


def quiz_of_all_types(course: Course, **fields: Any) -> Quiz:
    quiz = questions.make_quiz(course, [], slug="everything", **fields)
    for position, item in enumerate(marked_items(), start=1):
        version = questions.publish(item.question, [item.variant])
        QuizItem.objects.create(
            quiz=quiz, question=version.question, version=version, position=position, points=4
        )
    return quiz


def _marked(item: Item) -> Item:
    ids = frozenset(_ids(item.question.to_json()))
    content = _renamed(item.question.to_json(), ids)
    content["hints"] = [{"id": f"{MARK}hint-{number}", "cost": 0.25} for number in (1, 2)]
    for text in content["texts"].values():
        text["hints"] = {hint["id"]: f"{hint['id']} says" for hint in content["hints"]}
        _mark_texts(text)
    if content.get("code"):
        content["code"]["solution"] = f"# {MARK}\n{content['code']['solution']}"
    variant = item.variant.to_json()
    if item.type == "code_reading":
        variant["options"] = {"output": f"{MARK}16\n{MARK}256"}
    else:
        variant = {
            name: value if name == "params" else _renamed(value, ids) for name, value in variant.items()
        }
    return replace(item, question=QuestionDefinition.from_json(content), variant=Variant.from_json(variant))


def _ids(value: Any, name: str = "") -> Iterator[str]:
    """Of options, rows, choices, gaps, answers, slips, regions, criteria and levels."""
    if isinstance(value, Mapping):
        if "id" in value and name:
            yield value["id"]
        if name == "slips":
            yield from value
        for key, each in value.items():
            if key != "images":
                yield from _ids(each, key)
    elif isinstance(value, list):
        for each in value:
            if name == "choices" and isinstance(each, str):
                yield each
            yield from _ids(each, name)


def _renamed(value: Any, ids: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {
            (f"{MARK}{key}" if key in ids else key): each if key in _NO_IDS else _renamed(each, ids)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_renamed(each, ids) for each in value]
    if isinstance(value, str):
        for name in ids:
            value = value.replace(f"[[option.{name}", f"[[option.{MARK}{name}")
            value = value.replace(f"[[gap.{name}", f"[[gap.{MARK}{name}")
        return f"{MARK}{value}" if value in ids else value
    return value


def _mark_texts(text: dict[str, Any]) -> None:
    for key, value in text.items():
        if key in _TOLD_LATER:
            text[key] = _all_marked(value)
        elif key in ("options", "gaps"):
            for row in value.values():
                for part in _TOLD_LATER_IN_ROWS & set(row):
                    row[part] = _all_marked(row[part])


def _all_marked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _all_marked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_all_marked(each) for each in value]
    return f"{MARK} {value}" if isinstance(value, str) else value
