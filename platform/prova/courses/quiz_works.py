"""Quizzes as works of a learner."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from prova.accounts.models import User
from prova.courses.models import Course
from prova.courses.work import Work, WorkState, main_topic
from prova.gradebook.models import GradebookEntry
from prova.gradebook.policies import Score
from prova.quizzes.closing import note_late_ends
from prova.quizzes.models import Accommodation, Attempt, Quiz, QuizItem
from prova.quizzes.timing import Entry, TimeRules


def quiz_works(
    learner: User, courses: dict[int, Course], grades: dict[int, GradebookEntry], now: datetime
) -> list[Work]:
    quizzes = list(Quiz.objects.filter(course__in=courses, is_published=True).order_by("pk"))
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(learner=learner, quiz__in=quizzes).order_by("number"):
        attempts.setdefault(attempt.quiz_id, []).append(attempt)
    topics: dict[int, list[str]] = {}
    items = QuizItem.objects.filter(quiz__in=quizzes).values_list("quiz_id", "question__topic")
    for quiz_id, topic in items:
        topics.setdefault(quiz_id, []).append(topic)
    granted = {each.quiz_id: each for each in Accommodation.objects.filter(learner=learner, quiz__in=quizzes)}
    works = []
    note_late_ends(quizzes, now)
    for quiz in quizzes:
        rules = quiz.time_rules(granted.get(quiz.pk))
        course, mine = courses[quiz.course_id], attempts.get(quiz.pk, [])
        grade = grades.get(quiz.pk)
        works.append(
            Work(
                kind="quiz",
                title=quiz.title(),
                url=reverse("quizzes:quiz", args=[course.slug, quiz.slug]),
                course=course,
                state=_quiz_state(rules, mine, now),
                topic=main_topic(topics.get(quiz.pk, [])),
                opens_at=rules.opens_at,
                start_until=rules.start_until,
                closes_at=rules.closes_at,
                grade=Score(grade.points, grade.max_points) if grade and quiz.shows_score(now) else None,
                is_provisional=bool(grade and grade.is_provisional),
                open_attempt=next((attempt for attempt in mine if attempt.is_open), None),
            )
        )
    return works


_UNTOUCHED = {Entry.NOT_YET: WorkState.NOT_YET, Entry.OPEN: WorkState.NEW}


def _quiz_state(rules: TimeRules, attempts: Sequence[Attempt], now: datetime) -> WorkState:
    """`rules` as they are for this learner."""
    if any(attempt.is_open for attempt in attempts):
        return WorkState.STARTED
    if attempts:
        return WorkState.DONE
    return _UNTOUCHED.get(rules.entry(now), WorkState.MISSED)
