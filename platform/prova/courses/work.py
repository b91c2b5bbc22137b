"""What a learner has to do and has done, over quizzes and assignments alike."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.models import Course
from prova.gradebook.models import GradebookEntry
from prova.gradebook.policies import Score
from prova.quizzes.models import Attempt, Quiz, QuizItem


class WorkState(StrEnum):
    NOT_YET = "not_yet"  #: opens later
    NEW = "new"
    STARTED = "started"  #: an attempt is open, or something short of full marks was handed in
    DONE = "done"
    MISSED = "missed"  #: closed, nothing handed in


@dataclass(frozen=True, kw_only=True)
class Work:
    kind: str  #: "quiz" or "assignment"
    title: str
    url: str
    course: Course
    state: WorkState
    topic: str  #: empty: of several topics
    opens_at: datetime | None
    closes_at: datetime | None
    grade: Score | None  #: None: nothing graded, or not to be shown yet
    open_attempt: Attempt | None = None

    @property
    def is_due(self) -> bool:
        return self.state in {WorkState.NEW, WorkState.STARTED}


@dataclass(frozen=True)
class TopicWork:
    topic: str
    works: Sequence[Work]

    @property
    def done(self) -> int:
        return sum(work.state is WorkState.DONE for work in self.works)


def works_of(learner: User, courses: Iterable[Course], now: datetime) -> list[Work]:
    """Everything published in these courses. The number of queries does not depend on how much that is."""
    by_id = {course.pk: course for course in courses}
    grades = list(GradebookEntry.objects.filter(learner=learner, course__in=by_id))
    quiz_grades = {grade.quiz_id: grade for grade in grades if grade.quiz_id}
    assignment_grades = {grade.assignment_id: grade for grade in grades if grade.assignment_id}
    return [
        *_quiz_works(learner, by_id, quiz_grades, now),
        *_assignment_works(by_id, assignment_grades, now),
    ]


def due_first(works: Iterable[Work]) -> list[Work]:
    """What can be worked on now: the nearest end first, what has no end last, else in the course's order."""
    due = [work for work in works if work.is_due]
    return sorted(due, key=lambda work: work.closes_at.timestamp() if work.closes_at else math.inf)


def by_topic(works: Iterable[Work]) -> list[TopicWork]:
    """Topics in the order they first appear; works of several topics come first."""
    topics: dict[str, list[Work]] = {"": []}
    for work in works:
        topics.setdefault(work.topic, []).append(work)
    return [TopicWork(topic, works) for topic, works in topics.items() if works]


def main_topic(topics: Sequence[str]) -> str:
    """The topic of more than half; empty when there is none."""
    (topic, count), *_rest = Counter(topics).most_common(1) or [("", 0)]
    return topic if count * 2 > len(topics) else ""


def _quiz_works(
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
    works = []
    for quiz in quizzes:
        course, mine = courses[quiz.course_id], attempts.get(quiz.pk, [])
        grade = grades.get(quiz.pk)
        works.append(
            Work(
                kind="quiz",
                title=quiz.title(),
                url=reverse("quizzes:quiz", args=[course.slug, quiz.slug]),
                course=course,
                state=_quiz_state(quiz, mine, now),
                topic=main_topic(topics.get(quiz.pk, [])),
                opens_at=quiz.opens_at,
                closes_at=quiz.closes_at,
                grade=Score(grade.points, grade.max_points) if grade and quiz.shows_score(now) else None,
                open_attempt=next((attempt for attempt in mine if attempt.is_open), None),
            )
        )
    return works


def _quiz_state(quiz: Quiz, attempts: Sequence[Attempt], now: datetime) -> WorkState:
    if any(attempt.is_open for attempt in attempts):
        return WorkState.STARTED
    if attempts:
        return WorkState.DONE
    return _untouched(quiz.opens_at, quiz.closes_at, now)


def _assignment_works(
    courses: dict[int, Course], grades: dict[int, GradebookEntry], now: datetime
) -> list[Work]:
    assignments = Assignment.objects.filter(course__in=courses, is_published=True).select_related("exercise")
    works = []
    for assignment in assignments.order_by("pk"):
        course, grade = courses[assignment.course_id], grades.get(assignment.pk)
        works.append(
            Work(
                kind="assignment",
                title=assignment.title(),
                url=reverse("assignments:assignment", args=[course.slug, assignment.slug]),
                course=course,
                state=_assignment_state(assignment, grade, now),
                topic=main_topic(assignment.exercise.metadata.get("topics", [])),
                opens_at=assignment.opens_at,
                closes_at=assignment.closes_at,
                grade=Score(grade.points, grade.max_points) if grade else None,
            )
        )
    return works


def _assignment_state(assignment: Assignment, grade: GradebookEntry | None, now: datetime) -> WorkState:
    is_closed = assignment.closes_at is not None and assignment.closes_at <= now
    if grade is not None:
        return WorkState.DONE if is_closed or grade.points >= grade.max_points else WorkState.STARTED
    return _untouched(assignment.opens_at, assignment.closes_at, now)


def _untouched(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> WorkState:
    if opens_at is not None and opens_at > now:
        return WorkState.NOT_YET
    return WorkState.MISSED if closes_at is not None and closes_at <= now else WorkState.NEW
