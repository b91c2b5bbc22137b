"""The shipped questions and exercises in the database of a test. They are read and drawn once per process: that what is
shipped is sound is proved by the bank's own tests, which look at every one of them."""

from collections.abc import Collection
from functools import cache

from django.conf import settings
from django.core.management import call_command
from prova.assignments.models import Exercise

from questionbank.bank import DrawnQuestion, draw_bank, read_bank
from questionbank.generators import all_generators
from questionbank.loading import publish_from_file


@cache
def _drawn() -> tuple[DrawnQuestion, ...]:
    drawn = draw_bank(read_bank(settings.QUESTIONS_DIR), all_generators())
    assert not drawn.findings
    return tuple(drawn.questions)


def publish_shipped_questions(only: Collection[str] | None = None) -> None:
    for each in _drawn():
        if only is None or each.located.definition.id in only:
            publish_from_file(each.located.definition, each.variants)


_exercises: list[Exercise] = []


def load_shipped_exercises() -> None:
    """As the command left them the first time."""
    if _exercises:
        Exercise.objects.bulk_create(_exercises)
    else:
        call_command("load_exercises", verbosity=0)
        _exercises.extend(Exercise.objects.order_by("pk"))
