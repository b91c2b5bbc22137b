from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from prova.accounts.models import User
from prova.gradebook.models import GradebookEntry, GradeChange
from prova.gradebook.policies import Counts, Score, counted

if TYPE_CHECKING:
    from prova.assignments.models import Assignment
    from prova.quizzes.models import Quiz


@transaction.atomic
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
    entry, is_new = GradebookEntry.objects.select_for_update().get_or_create(
        course_id=work.course_id,
        learner=learner,
        quiz=quiz,
        assignment=assignment,
        defaults={**grade, "is_provisional": is_provisional},
    )
    if entry.is_provisional != is_provisional:
        entry.is_provisional = is_provisional
        entry.save(update_fields=["is_provisional", "updated_at"])
    if is_new or (entry.points, entry.max_points) != (score.points, score.max_points):
        entry.points, entry.max_points = score.points, score.max_points
        entry.save(update_fields=["points", "max_points", "updated_at"])
        GradeChange.objects.create(entry=entry, reason=reason, **grade)
    return entry
