"""All works of courses, read from the database."""

from collections.abc import Iterable
from datetime import datetime

from prova.accounts.models import User
from prova.courses.exercise_works import exercise_works
from prova.courses.models import Course
from prova.courses.quiz_works import quiz_works
from prova.courses.work import Work
from prova.gradebook.models import GradebookEntry


def works_of(learner: User, courses: Iterable[Course], now: datetime) -> list[Work]:
    """Everything published in these courses. The number of queries does not depend on how much that is."""
    by_id = {course.pk: course for course in courses}
    grades = list(GradebookEntry.objects.filter(learner=learner, course__in=by_id))
    quiz_grades = {grade.quiz_id: grade for grade in grades if grade.quiz_id}
    assignment_grades = {grade.assignment_id: grade for grade in grades if grade.assignment_id}
    return [
        *quiz_works(learner, by_id, quiz_grades, now),
        *exercise_works(by_id, assignment_grades, now),
    ]
