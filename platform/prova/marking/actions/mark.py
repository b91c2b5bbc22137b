"""A person marks one answer with the rubric."""

from collections.abc import Mapping

from django.db import transaction

from prova.accounts.models import User
from prova.marking.actions.history import Before
from prova.marking.actions.settle import locked_attempt, settle
from prova.marking.models import ChangeKind, Mark
from prova.marking.refusals import Incomplete, NotToBeMarked, Overtaken, ReasonMissing
from prova.quizzes.actions.scoring import set_outcome
from prova.quizzes.models import AttemptItem
from prova.quizzes.responses import newest_responses
from questionbank.items import Marking
from questionbank.questions import item_of


@transaction.atomic
def mark_answer(
    item_id: int,
    marker: User,
    levels: Mapping[str, str],
    *,
    comment: str = "",
    reason: str = "",
    seen: int,
) -> Mark:
    """`seen`: number of the mark that the marker had before them, 0: none. Saying the same twice marks once.

    Raises MarkingRefused, AttemptItem.DoesNotExist. The caller has made sure that this is an instructor.
    """
    attempt = locked_attempt(item_id)
    item = AttemptItem.objects.select_related("version", "variant").get(pk=item_id)
    bound = item_of(item.version, item.variant)
    if attempt.is_open or bound.needs_marking is not Marking.PERSON:
        raise NotToBeMarked
    newest = item.marks.select_related("marker").order_by("-number").first()
    if newest is not None and newest.number != seen:
        if (newest.marker_id, newest.levels, newest.comment) == (marker.pk, dict(levels), comment):
            return newest
        raise Overtaken("" if attempt.quiz.marks_blind else newest.marker.name())
    if newest is not None and not reason.strip():
        raise ReasonMissing
    response = newest_responses([item.pk]).get(item.pk)
    value = response.value if response else None
    if bound.is_blank(value):
        raise NotToBeMarked
    try:
        outcome = bound.score_marked(value, levels)
    except ValueError:
        raise Incomplete from None
    before = Before.of(item)
    set_outcome(item, outcome, bound.needs_marking)
    mark = Mark.objects.create(
        attempt_item=item,
        number=(newest.number if newest else 0) + 1,
        marker=marker,
        levels=dict(levels),
        comment=comment,
        reason=reason,
    )
    settle(attempt, item, before, ChangeKind.MARKING, by=marker, reason=reason)
    return mark
