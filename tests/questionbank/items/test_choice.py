from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank.definition import OptionDefinition
from questionbank.items import ItemVerdict, ParseProblem, bind, explain
from questionbank.items.choice import ChoiceItem, MultipleChoice, SingleChoice
from questionbank.variant import Variant
from tests.questionbank.samples import LANGUAGES, SCALE_VARIANT, multiple_choice, single_choice


def one_of_three() -> SingleChoice:
    return SingleChoice(single_choice(), SCALE_VARIANT, "salt")


def two_of_five() -> MultipleChoice:
    return MultipleChoice(multiple_choice(), Variant(), "salt")


def token(item: ChoiceItem, option: str) -> str:
    return next(item.token(each) for each in item.question.options if each.id == option)


def test_the_chosen_token_becomes_the_option_in_every_language() -> None:
    item = one_of_three()
    for language in LANGUAGES:
        assert item.parse({"answer": token(item, "levels")}, language=language) == {"chosen": ["levels"]}


def test_a_token_says_nothing_about_the_option_and_differs_between_versions() -> None:
    item, other = one_of_three(), SingleChoice(single_choice(), SCALE_VARIANT, "another version")
    assert "steps" not in token(item, "steps")
    assert token(item, "steps") != token(other, "steps")


def test_several_options_are_kept_in_the_authors_order() -> None:
    item = two_of_five()
    sent = [token(item, option) for option in ("wrong1", "key0")]
    assert item.parse({"answer": sent}, language="en") == {"chosen": ["key0", "wrong1"]}


def test_a_second_option_of_a_single_choice_is_refused_in_words() -> None:
    item = one_of_three()
    refused = item.parse({"answer": [token(item, "steps"), token(item, "levels")]}, language="en")
    assert isinstance(refused, ParseProblem)
    assert explain(refused, "pt-br") == "Aqui só se pode escolher uma opção."


def test_an_option_of_another_question_is_refused() -> None:
    other = SingleChoice(replace(single_choice(), id="other"), SCALE_VARIANT, "salt")
    refused = one_of_three().parse({"answer": token(other, "steps")}, language="en")
    assert refused == ParseProblem("choice.unknown_option")


@pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": []}, {"answer": [""]}])
def test_no_choice_is_a_blank_response(form: dict[str, object]) -> None:
    response = two_of_five().parse(form, language="en")
    assert response == {"chosen": []}
    assert two_of_five().score(response).verdict is ItemVerdict.BLANK


@pytest.mark.parametrize(
    ("chosen", "verdict"),
    [
        (["key0", "key1"], ItemVerdict.RIGHT),
        (["key0"], ItemVerdict.PARTLY),
        (["key0", "wrong0"], ItemVerdict.WRONG),
        (["wrong0"], ItemVerdict.WRONG),
    ],
)
def test_the_verdict_follows_the_fraction(chosen: list[str], verdict: ItemVerdict) -> None:
    assert two_of_five().score({"chosen": chosen}).verdict is verdict


def test_authors_fractions_are_added_up() -> None:
    question = multiple_choice(scoring="fractions")
    weights = {"key0": 0.25, "key1": 0.75, "wrong0": -0.5}
    options = tuple(replace(option, fraction=weights.get(option.id)) for option in question.options)
    item = bind(replace(question, options=options), Variant())
    assert item.score({"chosen": ["key1", "wrong0"]}).fraction == 0.25
    assert item.score(item.right_response()).fraction == 1


@given(seed=st.integers() | st.text(max_size=20))
def test_the_pinned_option_stays_last_and_none_is_lost(seed: int | str) -> None:
    order = [option.id for option in one_of_three().order(seed)]
    assert order[-1] == "none"
    assert sorted(order) == ["levels", "none", "steps"]


def test_every_order_comes_up_about_equally_often() -> None:
    options = tuple(OptionDefinition(name) for name in "abc")
    item = SingleChoice(replace(single_choice(), options=options), SCALE_VARIANT)
    orders = Counter("".join(option.id for option in item.order(seed)) for seed in range(1200))
    assert len(orders) == 6
    assert min(orders.values()) > 140


def test_the_saved_answer_is_marked_in_the_presentation() -> None:
    page = one_of_three().present(seed=1, language="en", response={"chosen": ["levels"]})
    assert [option.text_html for option in page.options if option.chosen] == [
        next(o.text_html for o in page.options if o.token == token(one_of_three(), "levels"))
    ]


def test_feedback_explains_every_option_in_the_presented_order() -> None:
    item = one_of_three()
    page = item.present(seed=5, language="pt-br")
    after = item.feedback({"chosen": ["levels"]}, seed=5, language="pt-br")
    assert [option.token for option in after.options] == [option.token for option in page.options]
    chosen = next(option for option in after.options if option.chosen)
    assert (chosen.correct, chosen.explanation_html) == (False, "<p>Níveis contados.</p>\n")
    assert "0,7863" in after.right_answer_html
    assert "0,7832" in after.answer_html
