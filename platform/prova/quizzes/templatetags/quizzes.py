"""The parts of a paper as tags: ``{% place card %}``, ``{% item_address 'quizzes:hint' item %}``. What they write is in
prova.quizzes.fragments."""

from django import template

from prova.quizzes.addresses import item_address
from prova.quizzes.fragments.body import card_body
from prova.quizzes.fragments.card import question_card
from prova.quizzes.fragments.choices import rows
from prova.quizzes.fragments.number import number
from prova.quizzes.fragments.place import place
from prova.quizzes.fragments.saved import baseline, save_state
from prova.quizzes.fragments.tools import flag
from prova.quizzes.fragments.verdict import option_results, verdict_badge, verdict_icon, verdict_word

register = template.Library()
for part in (
    baseline,
    card_body,
    flag,
    item_address,
    number,
    option_results,
    place,
    question_card,
    rows,
    save_state,
    verdict_badge,
    verdict_icon,
    verdict_word,
):
    register.simple_tag(part)
