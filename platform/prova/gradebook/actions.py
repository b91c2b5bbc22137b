from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.gradebook.models import GradebookEntry, GradeChange
from prova.gradebook.policies import Counts, Score, counted

if TYPE_CHECKING:
    from prova.assignments.models import Assignment
    from prova.quizzes.models import Quiz


#: Waits for whoever is writing the same grade at this moment, and then does nothing.
_BEGIN = (
    "INSERT INTO gradebook_gradebookentry"
    " (course_id, learner_id, quiz_id, assignment_id, points, max_points, is_provisional, updated_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"
)


@transaction.atomic(savepoint=False)
def record_score(
    learner: User,
    scores: Sequence[Score],
    *,
    counts: Counts,
    reason: str,
    quiz: "Quiz | None" = None,
    assignment: "Assignment | None" = None,
    is_provisional: bool = False,
) -> GradebookEntry | None:
    """Set the grade for one quiz or assignment to the score that counts.

    `scores` are all of them, in the order they were earned; the caller has locked what they come from. Saying
    the same twice changes nothing. `is_provisional`: something is still to be marked. None: no scores, no grade.
    """
    work = quiz or assignment
    score = counted(scores, counts)
    if work is None or (quiz and assignment):
        raise ValueError("a grade is of one quiz or of one assignment")
    if score is None:
        return None
    grade = {"points": score.points, "max_points": score.max_points}
    whose = {"course_id": work.course_id, "learner": learner, "quiz": quiz, "assignment": assignment}
    entry = GradebookEntry(**whose, **grade, is_provisional=is_provisional)
    if _is_begun(entry):
        GradeChange.objects.create(entry=entry, reason=reason, **grade)
        return entry
    entry = GradebookEntry.objects.select_for_update().get(**whose)
    if entry.is_provisional != is_provisional:
        entry.is_provisional = is_provisional
        entry.save(update_fields=["is_provisional", "updated_at"])
    if (entry.points, entry.max_points) != (score.points, score.max_points):
        entry.points, entry.max_points = score.points, score.max_points
        entry.save(update_fields=["points", "max_points", "updated_at"])
        GradeChange.objects.create(entry=entry, reason=reason, **grade)
    return entry


def _is_begun(entry: GradebookEntry) -> bool:
    """As a new row. False: there is one already."""
    values: list[Any] = [entry.course_id, entry.learner_id, entry.quiz_id, entry.assignment_id]
    values += [entry.points, entry.max_points, entry.is_provisional, timezone.now()]
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        row = cursor.fetchone()
    if row is None:
        return False
    entry.pk, entry._state.adding = row[0], False
    return True
