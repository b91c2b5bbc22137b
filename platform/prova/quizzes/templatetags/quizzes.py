"""The parts of a paper as tags: ``{% place card %}``, ``{% item_address 'quizzes:save' item %}``. What they write is in
prova.quizzes.fragments."""

from django import template

from prova.quizzes.addresses import item_address
from prova.quizzes.fragments.choices import options, rows
from prova.quizzes.fragments.place import place
from prova.quizzes.fragments.saved import baseline, save_state
from prova.quizzes.fragments.tools import flag, other_language

register = template.Library()
for part in (baseline, flag, item_address, options, other_language, place, rows, save_state):
    register.simple_tag(part)
