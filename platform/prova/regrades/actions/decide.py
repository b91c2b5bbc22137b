"""Make the marks of a regrade live, all in one transaction, or discard them. Who and when stays on record."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.assignments.actions.record import set_the_grade
from prova.assignments.actions.shadow import replace_mark
from prova.assignments.models import OPEN_STATES, State, Submission
from prova.regrades.models import Outcome, Regrade, RegradeItem, RegradeState
from prova.regrades.refusals import Reason, RegradeRefused


@dataclass(frozen=True, kw_only=True)
class Applied:
    """How many submissions."""

    live: int
    overtaken: int  #: their mark had changed since it was compared
    not_judged: int  #: a failure of ours


@transaction.atomic
def make_live(regrade_id: int, instructor: User) -> Applied:
    """RegradeRefused: nothing is written. A submission whose mark is no longer the compared one keeps what it has."""
    regrade = _open(regrade_id)
    if regrade.assignment.exercise_id != regrade.exercise_id:
        raise RegradeRefused(Reason.OUTDATED)
    items = list(regrade.items.select_related("shadow").order_by("submission_id"))
    if any(item.shadow.state in OPEN_STATES for item in items):
        raise RegradeRefused(Reason.STILL_JUDGING)
    submissions = {
        submission.pk: submission
        for submission in Submission.objects.select_for_update()
        .filter(pk__in=[item.submission_id for item in items])
        .order_by("pk")
    }
    for item in items:
        submissions[item.submission_id].assignment = regrade.assignment  # one object, read once
        _apply(item, submissions[item.submission_id], regrade, instructor)
    RegradeItem.objects.bulk_update(items, ["outcome", "old_report"])
    live = [item for item in items if item.outcome == Outcome.LIVE]
    for learner in sorted({submissions[item.submission_id].learner_id for item in live}):
        set_the_grade(regrade.assignment, learner, reason=f"regrade {regrade.pk}")
    _close(regrade, RegradeState.LIVE, instructor)
    outcomes = [item.outcome for item in items]
    return Applied(
        live=len(live),
        overtaken=outcomes.count(Outcome.OVERTAKEN),
        not_judged=outcomes.count(Outcome.NOT_JUDGED),
    )


def _apply(item: RegradeItem, submission: Submission, regrade: Regrade, instructor: User) -> None:
    if item.shadow.state != State.GRADED:
        item.outcome = Outcome.NOT_JUDGED
        return
    replaced = {**(submission.report or {}), "hidden_details": submission.hidden_details}
    detail = {"regrade": regrade.pk, "by": instructor.get_username(), "why": regrade.note}
    if replace_mark(submission, item.shadow, expected=item.old_nonce, detail=detail):
        item.outcome, item.old_report = Outcome.LIVE, replaced
    else:
        item.outcome = Outcome.OVERTAKEN


@transaction.atomic
def discard_regrade(regrade_id: int, instructor: User) -> None:
    """RegradeRefused: it was decided before. What is still to be judged is not judged any more."""
    regrade = _open(regrade_id)
    waiting = Submission.with_shadows.filter(regrade_item__regrade=regrade, state__in=OPEN_STATES)
    waiting.update(state=State.SYSTEM_ERROR, deadline_at=None, graded_at=timezone.now())
    _close(regrade, RegradeState.DISCARDED, instructor)


def _open(regrade_id: int) -> Regrade:
    regrade = (
        Regrade.objects.select_for_update(of=("self", "assignment"), no_key=True)
        .select_related("assignment")
        .get(pk=regrade_id)
    )
    if regrade.state != RegradeState.OPEN:
        raise RegradeRefused(Reason.DECIDED)
    return regrade


def _close(regrade: Regrade, state: RegradeState, instructor: User) -> None:
    regrade.state, regrade.decided_by, regrade.decided_at = state, instructor, timezone.now()
    regrade.save(update_fields=["state", "decided_by", "decided_at"])
