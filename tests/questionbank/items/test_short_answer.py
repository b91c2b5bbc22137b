"""Words typed by a learner: which answer they are, in any language, and what it earns."""

from dataclasses import replace

import pytest

from questionbank.items import ItemVerdict, bind
from questionbank.items.short_answer import ShortAnswer
from questionbank.typed import AnswerDefinition
from questionbank.variant import Variant
from tests.questionbank.samples import read_answer, short_answer


def item() -> ShortAnswer:
    bound = bind(short_answer(), Variant(), "salt")
    assert isinstance(bound, ShortAnswer)
    return bound


@pytest.mark.parametrize(
    ("typed", "fraction", "verdict", "slip"),
    [
        ("Weight Sharing", 1.0, ItemVerdict.RIGHT, None),
        ("compartilhamento de pesos", 1.0, ItemVerdict.RIGHT, None),
        ("weigth sharing", 1.0, ItemVerdict.RIGHT, None),
        ("clustering", 0.5, ItemVerdict.PARTLY, None),
        ("agrupamento", 0.5, ItemVerdict.PARTLY, None),
        ("Poda", 0.0, ItemVerdict.WRONG, "pruning"),
        ("prunning", 0.0, ItemVerdict.WRONG, "pruning"),
        ("distillation", 0.0, ItemVerdict.WRONG, None),
        ("   ", 0.0, ItemVerdict.BLANK, None),
        ("?", 0.0, ItemVerdict.WRONG, None),
    ],
)
def test_an_answer_of_any_language_counts_on_every_page(typed, fraction, verdict, slip) -> None:
    for language in ("en", "pt-br"):
        outcome = item().score(read_answer(item(), typed, language=language))
        assert (outcome.fraction, outcome.verdict, outcome.slip) == (fraction, verdict, slip)


def test_a_known_mistake_and_a_part_are_called_out_in_the_readers_language() -> None:
    for typed, said in (("pruning", "that makes zeros"), ("clustering", "only a part of it")):
        for language in ("en", "pt-br"):
            told = item().feedback({"text": typed}, seed=1, language=language)
            assert f"{language}: {said}" in told.slip_html
    assert not item().feedback({"text": "sharing"}, seed=1, language="en").slip_html


def test_the_exact_mistake_is_not_taken_for_a_right_answer_with_a_typo() -> None:
    question = short_answer()
    texts = {
        language: replace(text, answers={**text.answers, "pruning": ("weight shaping",)})
        for language, text in question.texts.items()
    }
    bound = bind(replace(question, texts=texts), Variant(), "salt")
    assert bound.score({"text": "weight shaping"}).slip == "pruning"
    assert bound.score({"text": "weight sharing"}).fraction == 1.0


def test_wordings_take_the_numbers_of_the_variant() -> None:
    question = short_answer(answers=(AnswerDefinition("sharing"),), slips={})
    texts = {
        language: replace(text, answers={"sharing": ("0[[bits]]1",)})
        for language, text in question.texts.items()
    }
    bound = bind(replace(question, texts=texts), Variant(params={"bits": "110"}), "salt")
    assert bound.score({"text": "01101"}).fraction == 1.0
    assert bound.feedback(None, seed=1, language="pt-br").right_answer_html == "01101"


def test_what_was_typed_is_shown_and_never_as_markup() -> None:
    told = item().feedback({"text": "<b>pruning</b>"}, seed=1, language="en")
    assert told.answer_html == "&lt;b&gt;pruning&lt;/b&gt;"
