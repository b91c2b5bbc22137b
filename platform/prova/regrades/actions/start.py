"""Judge anew in the background. No mark changes."""

from django.db import transaction

from prova.accounts.models import User
from prova.assignments.actions import grade_again
from prova.assignments.actions.publish import publish_or_leave_it_to_the_sweeper
from prova.assignments.actions.shadow import begin_shadows
from prova.assignments.models import Assignment, State, Submission
from prova.gradebook.policies import Counts, Score
from prova.regrades.comparison import Marked, counting
from prova.regrades.models import Regrade, RegradeItem, RegradeState, Scope
from prova.regrades.refusals import Reason, RegradeRefused


@transaction.atomic
def start_regrade(
    assignment: Assignment,
    instructor: User,
    *,
    scope: Scope = Scope.ALL,
    also_current: bool = False,
    note: str = "",
) -> Regrade:
    """With the newest loaded version of the exercise. `also_current`: also what was judged with that version, for
    when the graders have changed and the exercise has not.

    The caller has made sure that this is an instructor. RegradeRefused: nothing is written.
    """
    # In a row with whoever else starts one, and with whoever loads a new version of the exercise.
    assignment = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if Regrade.objects.filter(assignment=assignment, state=RegradeState.OPEN).exists():
        raise RegradeRefused(Reason.OPEN_ALREADY)
    originals = _chosen(assignment, scope, also_current)
    regrade = Regrade.objects.create(
        assignment=assignment,
        exercise_id=assignment.exercise_id,
        scope=scope,
        note=note.strip(),
        started_by=instructor,
    )
    shadows = begin_shadows(originals, assignment.exercise_id)
    RegradeItem.objects.bulk_create(
        RegradeItem(
            regrade=regrade,
            submission=original,
            shadow=shadow,
            old_nonce=original.nonce,
            old_score=original.score or 0.0,
            old_max_score=original.max_score or 0.0,
        )
        for original, shadow in zip(originals, shadows, strict=True)
    )
    transaction.on_commit(publish_or_leave_it_to_the_sweeper)
    return regrade


def _chosen(assignment: Assignment, scope: Scope, also_current: bool) -> list[Submission]:
    graded = list(
        Submission.objects.filter(assignment=assignment, state=State.GRADED)
        .only("assignment_id", "exercise_id", "learner_id", "seed", "nonce", "score", "max_score")
        .order_by("pk")
    )
    if scope == Scope.COUNTING:
        wanted = counting(map(marked, graded), Counts(assignment.counts))
        graded = [submission for submission in graded if submission.pk in wanted]
    if not graded:
        raise RegradeRefused(Reason.NOTHING_TO_JUDGE)
    if not also_current:
        graded = [each for each in graded if each.exercise_id != assignment.exercise_id]
    if not graded:
        raise RegradeRefused(Reason.ALL_CURRENT)
    return graded


def marked(submission: Submission) -> Marked:
    return Marked(
        submission=submission.pk,
        learner=submission.learner_id,
        score=Score(submission.score or 0.0, submission.max_score or 0.0),
    )


@transaction.atomic
def judge_failed_again(regrade: Regrade) -> int:
    """What ended as a failure of ours gets its tries anew. How many there were."""
    regrade = Regrade.objects.select_for_update(no_key=True).get(pk=regrade.pk)  # perhaps decided meanwhile
    if regrade.state != RegradeState.OPEN:
        raise RegradeRefused(Reason.DECIDED)
    failed = Submission.with_shadows.filter(regrade_item__regrade=regrade, state=State.SYSTEM_ERROR)
    return sum(grade_again(pk) for pk in failed.values_list("pk", flat=True))
