"""The canonical text of a question: the same question is the same bytes, and they read back as the same question."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from questionbank.definition import QuestionDefinition
from questionbank.formats.writing import mapping_of, write_file, write_question
from questionbank.formats.writing.yaml_text import WIDTH, block
from questionbank.formats.yaml_file import read_questions
from questionbank.items import ITEM_TYPES
from tests.questionbank.samples import FILE, sample_items

HERE = Path("questions.yaml")
FILES = sorted(settings.QUESTIONS_DIR.glob("*.yaml"))

#: What a reader gives for a text: no line breaks before it, no space behind it, something in it.
written_texts = (
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\n  #:-'\"|>&*!%@`,[]{}$\\,1e.~?"))
    .map(lambda text: text.strip("\n").rstrip())
    .filter(str.strip)
)


def read(text: str) -> tuple[QuestionDefinition, ...]:
    file = read_questions(text, HERE)
    assert not file.findings, [str(each) for each in file.findings]
    return tuple(question.definition for question in file.questions)


@cache
def samples() -> list[QuestionDefinition]:
    return [*read(FILE), *(item.question for item in sample_items())]


def test_there_is_a_sample_of_every_type() -> None:
    assert {sample.type for sample in samples()} == set(ITEM_TYPES)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: f"{sample.type}: {sample.id}")
def test_what_is_written_reads_back_as_the_same_question(sample: QuestionDefinition) -> None:
    text = write_file("quantization", [sample])
    (again,) = read(text)
    # the file says the rule that a definition without one falls back to
    assert again == replace(sample, scoring=again.scoring)
    assert write_file("quantization", [again]) == write_file("quantization", read(text))
    assert again.to_json() == json.loads(json.dumps(again.to_json()))


@st.composite
def definitions(draw: st.DrawFn) -> QuestionDefinition:
    """A sample of some type with other texts in other languages, and other numbers where a number stands."""
    sample = draw(st.sampled_from(samples()))
    mapping = deepcopy(mapping_of(sample))
    language = draw(st.sampled_from(["de", "es-419", "zh-hant-tw"]))
    if draw(st.booleans()):
        for each in ("texts", "objective", "convention"):
            mapping[each][language] = deepcopy(mapping[each]["en"])
    for holder, key in list(_prose(mapping)):
        holder[key] = draw(written_texts)
    mapping["texts"]["en"]["revision"] = draw(st.integers(1, 9999))
    if draw(st.booleans()):
        mapping["note"] = draw(written_texts)
    if "key" in mapping:
        mapping["key"]["value"] = draw(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
    text = "\n".join(block({"topic": "quantization", "questions": [mapping]}, 0))
    file = read_questions(text, HERE)
    return file.questions[0].definition


def _prose(mapping: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for language, text in mapping["texts"].items():
        yield from ((text, key) for key in ("stem", "explanation"))
        for option in text.get("options", {}).values():
            if isinstance(option, dict):
                yield from ((option, key) for key, value in option.items() if isinstance(value, str))
        yield from ((text["slips"], slip) for slip in text.get("slips", {}))
        yield from ((mapping[each], language) for each in ("objective", "convention"))
    yield mapping, "source"


@given(definitions())
@hypothesis_settings(max_examples=40)
def test_any_texts_and_numbers_survive_the_file_and_writing_again_changes_nothing(
    question: QuestionDefinition,
) -> None:
    text = write_file("quantization", [question])
    again = read_questions(text, HERE).questions[0].definition
    assert again == question
    assert json.dumps(again.to_json()["key"]) == json.dumps(question.to_json()["key"])
    assert write_file("quantization", [again]) == text


@given(written_texts)
@example("a\n\n  b\n c")
@example("no")
@example("1_000:30")
@example("<<")
@example("=")
@example("2001-12-14")
@example("- a")
@example("'quoted' and \"quoted\"")
@example("sixty characters, and then some more. " * 5 + "End")
@example("two  spaces. Then a tab.\tThen\u00a0a hard space. \u2028 a separator \x85 \ufeff")
@hypothesis_settings(max_examples=80)
def test_any_text_survives_in_every_place_of_a_file(text: str) -> None:
    import yaml

    values = {
        "plain": text,
        "list": [text, text],
        text.replace("\n", " ")[:90]: 1,
        "deep": {"in": {"it": text}},
    }
    for prose in ((), tuple(values)):
        written = "\n".join(block(values, 0, prose)) + "\n"
        read_back = yaml.safe_load(written)
        assert (
            read_back["list"] == [text, text]
            or [each.strip("\n") for each in read_back["list"]] == [text] * 2
        )
        assert read_back["plain"].strip("\n") == read_back["deep"]["in"]["it"].strip("\n") == text


def test_the_order_of_what_a_database_returns_in_any_order_makes_no_difference() -> None:
    def turned_round(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned_round(value[key]) for key in reversed(list(value))}
        return [turned_round(member) for member in value] if isinstance(value, list) else value

    for sample in samples():
        other = QuestionDefinition.from_json(turned_round(sample.to_json()))
        assert write_question(other) == write_question(sample)


def test_a_corrected_sentence_changes_one_line() -> None:
    sample = samples()[0]
    long = "The first sentence says what is divided. The second one says by what it is divided, and why. The end."
    explained = replace(sample.texts["en"], explanation=f"{long} {long}")
    corrected = replace(
        explained, explanation=explained.explanation.replace("and why. The end. The", "so. The end. The")
    )
    before, after = (
        write_question(replace(sample, texts={**sample.texts, "en": text})).splitlines()
        for text in (explained, corrected)
    )
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_a_question_with_parts_missing_is_written_without_them() -> None:
    sample = samples()[0]
    unfinished = replace(sample, texts={"en": replace(sample.texts["en"], options={}, stem="")}, source="")
    text = write_question(unfinished)
    assert "source:" not in text
    assert "stem:" not in text


def test_numbers_keep_their_kind() -> None:
    lines = block({"a": 1e-6, "b": 1.0, "c": 1, "d": 1e22, "e": True, "f": -0.0, "g": 123456789012345678}, 0)
    assert lines == [
        "a: 1.0e-06",
        "b: 1.0",
        "c: 1",
        "d: 1.0e+22",
        "e: true",
        "f: -0.0",
        "g: 123456789012345678",
    ]


def test_what_fits_stands_on_one_line_and_options_stand_on_one_each() -> None:
    assert block({"slips": ["halved", "doubled"]}, 0) == ["slips: [halved, doubled]"]
    assert block({"options": [{"id": "a", "correct": True}, {"id": "b"}]}, 0) == [
        "options:",
        "  - {id: a, correct: true}",
        "  - {id: b}",
    ]
    many = [f"name{number}" for number in range(40)]
    assert all(len(line) <= WIDTH for line in block({"slips": many}, 0))
