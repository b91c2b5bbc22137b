from dataclasses import replace
from typing import Any

import pytest

from questionbank.definition import OptionDefinition, QuestionDefinition, ToleranceDefinition
from questionbank.rescoring import scores_alike
from questionbank.variant import Variant
from tests.questionbank.samples import sample_items

SAMPLES = sample_items()
DRAWN = {0: Variant(params={"n": 3}, key=8.0, slips={"one_less": 7.0}), 1: Variant(params={"n": 4}, key=16.0)}


def alike(old: QuestionDefinition, **changes: Any) -> bool:
    return scores_alike(old, replace(old, **changes), DRAWN, DRAWN)


@pytest.mark.parametrize("item", SAMPLES, ids=lambda item: item.question.id)
def test_other_words_score_alike_in_every_type(item):
    old = item.question
    texts = {
        code: replace(text, stem=f"{text.stem} Now?", explanation="Otherwise.", revision=9)
        for code, text in old.texts.items()
    }
    assert alike(old, texts=texts, objective={"en": "Another"}, source="Elsewhere", note="n", topic="other")


def test_another_key_rule_or_tolerance_may_score_otherwise():
    choice = next(item.question for item in SAMPLES if item.question.type == "multiple_choice")
    first = choice.options[0]
    flipped = (OptionDefinition(first.id, correct=not first.correct), *choice.options[1:])
    assert not alike(choice, options=flipped)
    assert not alike(choice, scoring="all_or_nothing" if choice.scoring != "all_or_nothing" else "coverage")
    number = next(item.question for item in SAMPLES if item.question.type == "numeric")
    assert not alike(number, tolerance=ToleranceDefinition("absolute", 99.0))


def test_another_wording_that_counts_may_score_otherwise():
    typed = next(item.question for item in SAMPLES if item.question.type == "short_answer")
    text = typed.texts["en"]
    more = {name: (*wordings, "entirely new") for name, wordings in text.answers.items()}
    assert not alike(typed, texts={**typed.texts, "en": replace(text, answers=more)})


def test_numbers_drawn_anew_may_score_otherwise_and_more_of_them_or_other_slips_do_not():
    old = next(item.question for item in SAMPLES if item.question.type == "numeric")
    more = {**DRAWN, 2: Variant(params={"n": 5}, key=32.0)}
    renamed = {**DRAWN, 0: replace(DRAWN[0], slips={"two_less": 6.0})}
    assert scores_alike(old, old, DRAWN, more)
    assert scores_alike(old, old, DRAWN, renamed)
    assert not scores_alike(old, old, more, DRAWN)
    assert not scores_alike(old, old, DRAWN, {**DRAWN, 1: replace(DRAWN[1], key=15.0)})
