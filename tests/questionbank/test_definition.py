import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.variant import Variant
from tests.questionbank.samples import matching, multiple_choice, numeric, single_choice

numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
shown = numbers | st.text(max_size=9) | st.lists(numbers, max_size=3)
names = st.from_regex(r"\A[a-z_]{1,8}\Z")
variants = st.builds(
    Variant,
    params=st.dictionaries(names, shown, max_size=3),
    options=st.dictionaries(names, shown, max_size=3),
    key=numbers,
    slips=st.dictionaries(names, numbers, max_size=3),
)


@pytest.mark.parametrize(
    "question", [single_choice(), multiple_choice(), numeric()], ids=lambda each: each.type
)
def test_a_question_comes_back_from_json(question: QuestionDefinition) -> None:
    assert QuestionDefinition.from_json(json.loads(json.dumps(question.to_json()))) == question


@settings(max_examples=40)
@given(variant=variants)
def test_a_variant_comes_back_from_json(variant: Variant) -> None:
    assert Variant.from_json(json.loads(json.dumps(variant.to_json()))) == variant


@settings(max_examples=40)
@given(first=variants, second=variants)
def test_equal_variants_have_equal_texts(first: Variant, second: Variant) -> None:
    assert Variant.from_json(first.to_json()).as_text == first.as_text
    assert (first.as_text == second.as_text) <= (first == second)


@pytest.mark.parametrize(
    ("asked", "shown_in"),
    [("pt-br", "pt-br"), ("PT-BR", "pt-br"), ("en-gb", "en"), ("de", "en"), ("en", "en")],
)
def test_a_missing_language_falls_back_as_a_whole(asked: str, shown_in: str) -> None:
    assert single_choice().language_for(asked) == shown_in


def test_what_only_matching_questions_have_is_not_written_for_others() -> None:
    written = single_choice().to_json()
    assert "choices" not in written
    assert not any("choices" in text for text in written["texts"].values())
    assert not any("match" in option for option in written["options"])


def test_a_matching_question_survives_the_database() -> None:
    question = matching()
    assert QuestionDefinition.from_json(json.loads(json.dumps(question.to_json()))) == question


def test_a_question_without_the_source_language_shows_what_it_has() -> None:
    question = replace(numeric(), texts={"pt-br": QuestionText("Qual?", "Assim.")})
    assert question.language_for("en") == "pt-br"
