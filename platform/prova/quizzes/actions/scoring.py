"""From responses to scores, and from attempts to the gradebook; within the caller's transaction."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from django.db import connection

from prova.accounts.models import User
from prova.gradebook.actions import record_score
from prova.gradebook.policies import Counts, Score
from prova.quizzes.actions.locking import all_asked
from prova.quizzes.hints import taken_hints
from prova.quizzes.models import Attempt, AttemptItem
from prova.quizzes.points_earned import share_earned
from questionbank.items import ItemOutcome, ItemVerdict, Marking
from questionbank.questions import item_of


def score_items(attempt: Attempt) -> list[AttemptItem]:
    asked = all_asked(attempt)
    items = [each.item for each in asked]
    hints = taken_hints(items)
    for each in asked:
        item = each.item
        bound = item_of(item.version, item.variant)
        outcome = bound.score(each.newest.value if each.newest else None)
        set_outcome(item, outcome, bound.needs_marking, hints_taken=hints.get(item.pk, 0))
    _write_outcomes(items)
    return items


def _write_outcomes(items: Sequence[AttemptItem]) -> None:
    """One statement whose text does not grow with the paper; bulk_update costs a third of a whole submission."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE quizzes_attemptitem item SET score = new.score, outcome = new.outcome, pending = new.pending"
            " FROM unnest(%s::bigint[], %s::float8[], %s::text[]::jsonb[], %s::text[])"
            " AS new(id, score, outcome, pending) WHERE item.id = new.id",
            [
                [item.pk for item in items],
                [item.score for item in items],
                [json.dumps(item.outcome) for item in items],
                [str(item.pending) for item in items],
            ],
        )


def set_outcome(
    item: AttemptItem, outcome: ItemOutcome, needs_marking: Marking, hints_taken: int | None = None
) -> None:
    """The one place where an outcome becomes points. The caller saves score, outcome and pending."""
    item.score = share_earned(item, outcome, hints_taken) * item.points
    item.outcome = asdict(outcome)
    item.pending = needs_marking if outcome.verdict is ItemVerdict.PENDING else Marking.NONE


def set_totals(attempt: Attempt, items: Sequence[AttemptItem]) -> None:
    """From all its items: what is marked so far, what can be earned, and how many answers still wait."""
    # A penalty for guessing takes away what was guessed elsewhere, and no more.
    attempt.score = max(0.0, sum(item.score or 0.0 for item in items))
    attempt.max_score = sum(item.points for item in items)
    attempt.pending_count = sum(bool(item.pending) for item in items)


def record_grade(attempt: Attempt, *, reason: str = "") -> None:
    # In a row with whoever else sets this person's grades: another attempt may be marked at the same time, and the
    # later of the two would miss what the earlier wrote.
    learner = User.objects.select_for_update(no_key=True).only("pk").get(pk=attempt.learner_id)
    over = list(
        Attempt.objects.filter(
            quiz_id=attempt.quiz_id, learner_id=attempt.learner_id, submitted_at__isnull=False
        )
        .order_by("number")
        .values_list("score", "max_score", "pending_count")
    )
    record_score(
        learner,
        [Score(score or 0.0, maximum) for score, maximum, _pending in over],
        counts=Counts(attempt.quiz.counts),
        reason=reason or str(attempt),
        quiz=attempt.quiz,
        is_provisional=any(pending for _score, _maximum, pending in over),
    )
