from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.courses.access import require_role
from prova.courses.models import Course
from prova.quizzes.models import Attempt, Quiz, Refusal
from prova.quizzes.refused import count_refusal
from prova.rows import Columns, read_row

ATTEMPT, QUIZ, COURSE = Columns(Attempt, "attempt"), Columns(Quiz, "quiz"), Columns(Course, "course")
#: with previews
_ATTEMPT = (
    f"SELECT {ATTEMPT}, {QUIZ}, {COURSE} FROM quizzes_attempt attempt JOIN quizzes_quiz quiz"
    " ON quiz.id = attempt.quiz_id JOIN courses_course course ON course.id = quiz.course_id WHERE attempt.id = %s"
)


def find_quiz(course: Course, slug: str) -> Quiz:
    quiz = Quiz.objects.filter(course=course, slug=slug, is_published=True).first()
    if quiz is None:
        raise Http404(_("No such quiz."))
    quiz.course = course
    return quiz


def find_attempt(user: User | AnonymousUser, attempt_id: int, *, check_course: bool = True) -> Attempt:
    """The person's own attempt; for anybody else it does not exist."""
    attempt = _with_course(attempt_id)
    if attempt is None or attempt.learner_id != user.pk:
        if attempt is not None and user.pk is not None:
            detail = f"of user {attempt.learner_id}"
            count_refusal(attempt.pk, user.pk, Refusal.OTHER_PERSON, detail)
        raise Http404(_("No such attempt."))
    if check_course:
        require_role(user, attempt.quiz.course)
    return attempt


def _with_course(attempt_id: int) -> Attempt | None:
    row = read_row(_ATTEMPT, [attempt_id], ATTEMPT, QUIZ, COURSE)
    if row is None:
        return None
    attempt: Attempt
    attempt, attempt.quiz, attempt.quiz.course = row
    return attempt
