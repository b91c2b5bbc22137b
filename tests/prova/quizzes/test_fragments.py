from dataclasses import replace

import pytest
from django.urls import reverse, set_script_prefix
from django.utils import timezone, translation
from prova.quizzes.addresses import item_address
from prova.quizzes.cards import Card
from prova.quizzes.fragments.choices import options, rows
from prova.quizzes.fragments.place import place
from prova.quizzes.fragments.saved import baseline, save_state
from prova.quizzes.fragments.tools import flag, other_language
from prova.quizzes.models import AttemptItem
from prova.quizzes.sheets import Mark

from questionbank.items import Presentation
from questionbank.items.presentation import PresentedOption, PresentedRow, RowChoice

HOSTILE = "<script>'\"&"
SHOWN = Presentation(type="numeric", language="en", stem_html="")
CARD = Card(
    item=AttemptItem(pk=7, attempt_id=3, position=2),
    presentation=SHOWN,
    raw=(HOSTILE,),
    saved_at=timezone.now(),
    problem="",
    is_answered=True,
    other_language=("pt-br", "Português"),
)


@pytest.mark.parametrize("verb", ["save", "flag", "item_language", "hint", "check"])
@pytest.mark.parametrize("prefix", ["/", "/course/"])
def test_the_address_of_a_question_is_the_one_that_django_gives(verb, prefix):
    set_script_prefix(prefix)
    try:
        assert item_address(f"quizzes:{verb}", CARD.item) == reverse(f"quizzes:{verb}", args=[3, 7])
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    "html",
    [
        save_state(replace(CARD, problem=HOSTILE)),
        save_state(replace(CARD, presentation=replace(SHOWN, reading=HOSTILE, repeated=(HOSTILE, "2")))),
        baseline(CARD),
        rows(
            replace(SHOWN, type="ordering", rows=(PresentedRow("", (RowChoice(HOSTILE, HOSTILE, False),)),)),
            "item",
            7,
        ),
        rows(
            replace(SHOWN, type="true_false", rows=(PresentedRow("", (RowChoice(HOSTILE, HOSTILE, True),)),)),
            "item",
            7,
        ),
        options(replace(SHOWN, options=(PresentedOption(HOSTILE, "", True),)), "item", 7),
        other_language(replace(CARD, other_language=(HOSTILE, HOSTILE))),
    ],
    ids=["problem", "reading", "baseline", "select", "radio", "options", "language"],
)
def test_what_comes_in_is_escaped(html):
    assert "<script" not in html
    assert "&lt;script&gt;&#x27;&quot;&amp;" in html.lower()


def test_they_speak_the_language_of_the_page():
    flagged = replace(CARD, item=AttemptItem(pk=7, attempt_id=3, position=2, is_flagged=True))
    with translation.override("pt-br"):
        assert "Salvo às " in save_state(flagged)
        assert "Questão </span>" in place(flagged)
        assert ": respondida, marcada</span>" in place(flagged)
        assert "Marcada</button>" in flag(flagged.item)


def test_a_place_on_a_page_that_is_left_is_no_link():
    item = AttemptItem(pk=7, attempt_id=3, position=2, page=4)
    assert '<a href="?page=4#question-2"' in place(
        Mark(item, False, is_elsewhere=True, is_out_of_reach=False)
    )
    assert "<a " not in place(Mark(item, False, is_elsewhere=True, is_out_of_reach=True))
