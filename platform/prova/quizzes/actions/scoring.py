"""From responses to scores, and from attempts to the gradebook; within the caller's transaction."""

from dataclasses import asdict

from prova.gradebook.actions import record_score
from prova.gradebook.policies import Counts, Score
from prova.quizzes.models import Attempt, AttemptItem
from prova.quizzes.responses import newest_responses
from questionbank.items import ItemOutcome, ItemVerdict, Marking
from questionbank.questions import item_of


def score_items(attempt: Attempt) -> list[AttemptItem]:
    items = list(attempt.items.select_related("version", "variant"))
    newest = newest_responses([item.pk for item in items])
    for item in items:
        response = newest.get(item.pk)
        bound = item_of(item.version, item.variant)
        set_outcome(item, bound.score(response.value if response else None), bound.needs_marking)
    AttemptItem.objects.bulk_update(items, ["score", "outcome", "pending"])
    return items


def set_outcome(item: AttemptItem, outcome: ItemOutcome, needs_marking: Marking) -> None:
    """The one place where an outcome becomes points. The caller saves score, outcome and pending."""
    item.score = outcome.fraction * item.points
    item.outcome = asdict(outcome)
    item.pending = needs_marking if outcome.verdict is ItemVerdict.PENDING else Marking.NONE


def record_grade(attempt: Attempt) -> None:
    over = Attempt.objects.filter(
        quiz_id=attempt.quiz_id, learner_id=attempt.learner_id, submitted_at__isnull=False
    ).order_by("number")
    scores = [Score(score or 0.0, maximum) for score, maximum in over.values_list("score", "max_score")]
    record_score(
        attempt.learner, scores, counts=Counts(attempt.quiz.counts), reason=str(attempt), quiz=attempt.quiz
    )
