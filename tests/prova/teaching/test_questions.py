import csv
import io
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override
from prova.authoring.forms.shapes import SHAPES
from prova.teaching.questions import TextState, text_states
from prova.teaching.rules import rule_words

from questionbank.variant import Variant
from tests.prova.teaching import classroom


@pytest.fixture
def listed(as_ada, course, quiz):
    def get(**parameters: str) -> list[str]:
        response = as_ada.get(reverse("teaching:questions", args=[course.slug]), parameters)
        return [entry.slug for entry in response.context["page"]]

    return get


@pytest.fixture
def page_of(as_ada, course, quiz):
    def get(slug: str, **parameters: str) -> str:
        address = reverse("teaching:question", args=[course.slug, slug])
        return as_ada.get(address, parameters).content.decode()

    return get


def test_the_whole_bank_is_listed_by_topic(listed):
    assert listed() == ["many", "steps", "ratio"]


def test_it_can_be_filtered_by_topic_type_and_level(listed):
    assert listed(topic="weight_sharing") == ["ratio"]
    assert listed(type="multiple_choice") == ["many"]
    assert listed(level="apply") == ["many", "steps"]
    assert listed(level="apply", type="numeric") == []


def test_it_is_searched_in_both_languages(listed):
    assert listed(q="ratio of") == ["ratio"]
    assert listed(q="razao de") == ["ratio"]
    assert listed(q="han 2016") == ["ratio"]
    assert listed(q="dinosaur") == []


def test_both_texts_stand_side_by_side_with_key_and_explanations(page_of):
    page = page_of("steps")
    for text in (
        "How many steps?",
        "Quantos passos?",
        "answer steps",
        "why levels",
        "Unsigned grid.",
        "Grade sem sinal.",
    ):
        assert text in page
    assert 'lang="pt-BR"' in page
    assert "Jacob et al. 2018" in page


def test_every_variant_is_previewed_with_its_key_and_its_slips(page_of):
    page = page_of("ratio")
    for shown in ("Ratio of 8 weights?", "Ratio of 16 weights?", "3.56", "3.2 ", "32", "Codebook forgotten."):
        assert shown in page
    assert page.count('id="variant-') == 2


def test_numbers_are_written_as_each_language_writes_them(page_of):
    page = page_of("ratio")
    assert "3.56" in page
    assert "3,56" in page


def test_an_older_version_can_be_looked_at(page_of):
    classroom.publish(replace(classroom.choice_question("steps"), source="Another 2020"))
    assert "Another 2020" in page_of("steps")
    old = page_of("steps", version="1")
    assert "Another 2020" not in old
    assert "kept for the attempts that met it" in old


def test_a_question_or_version_that_does_not_exist_is_not_found(as_ada, course, quiz):
    for slug, version in (("nothing", ""), ("steps", "7"), ("steps", "x")):
        address = reverse("teaching:question", args=[course.slug, slug])
        assert as_ada.get(address, {"version": version}).status_code == 404


def test_the_state_of_each_text_is_known():
    question = classroom.choice_question()
    assert set(text_states(question).values()) == {TextState.OK}
    newer = {**question.texts, "en": replace(question.texts["en"], revision=2)}
    assert text_states(replace(question, texts=newer))["pt-br"] == TextState.STALE
    assert text_states(replace(question, texts={"en": question.texts["en"]}))["pt-br"] == TextState.MISSING


def test_every_rule_of_scoring_has_words_in_both_languages():
    rules = {rule for shape in SHAPES.values() for rule in shape.scoring}
    assert {"lines", "net_correct", "fractions"} < rules
    english = {rule: rule_words(rule) for rule in rules}
    assert all(english.values())
    with override("pt-br"):
        assert not [rule for rule in rules if rule_words(rule) == english[rule]]


def test_a_question_says_in_words_how_it_is_scored(page_of, as_ada):
    classroom.publish(classroom.choice_question("several", "multiple_choice"))
    shown = as_ada.get(reverse("bank:question", args=["several"])).content.decode()
    assert "right minus wrong choices" in shown
    assert "net_correct" not in shown


def test_a_question_without_a_translation_has_a_page(page_of):
    question = classroom.choice_question("english-only")
    classroom.publish(replace(question, texts={"en": question.texts["en"]}))
    assert "missing" in page_of("english-only")


def test_the_list_can_be_downloaded(as_ada, course, quiz):
    response = as_ada.get(reverse("teaching:questions_csv", args=[course.slug]), {"type": "numeric"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["question"], row["variants"], row["texts"]) for row in rows] == [
        ("ratio", "2", "en:ok pt-br:ok")
    ]


def test_its_queries_do_not_grow_with_the_bank(as_ada, course, quiz, django_assert_num_queries):
    address = reverse("teaching:questions", args=[course.slug])
    as_ada.get(address)
    with django_assert_num_queries(LIST_QUERIES):
        as_ada.get(address)
    for number in range(10):
        classroom.publish(classroom.choice_question(f"more-{number}"))
    with django_assert_num_queries(LIST_QUERIES):
        as_ada.get(address)


def test_the_queries_of_a_question_do_not_grow_with_its_variants(as_ada, course, django_assert_num_queries):
    classroom.publish(classroom.numeric_question("few"), classroom.NUMERIC_VARIANTS)
    many = [Variant(params={"n": number}, key=number + 0.5) for number in range(2, 14)]
    classroom.publish(classroom.numeric_question("many"), many)
    as_ada.get(reverse("teaching:question", args=[course.slug, "few"]))
    for slug in ("few", "many"):
        with django_assert_num_queries(PAGE_QUERIES):
            as_ada.get(reverse("teaching:question", args=[course.slug, slug]))


LIST_QUERIES = 5
PAGE_QUERIES = 7
