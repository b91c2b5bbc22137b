"""What a learner has to do and has done, over quizzes and assignments alike."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db.models import F
from django.db.models.functions import JSONObject
from django.urls import reverse

from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.assignments.prerequisites import Prerequisite, is_enough
from prova.courses.learning_order import Step, in_learning_order, level_number
from prova.courses.models import Course
from prova.courses.texts import text_in
from prova.courses.topics import TOGETHER
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
    #: of an exercise
    level: str = ""
    prerequisites: tuple[Prerequisite, ...] = ()
    is_locked: bool = False
    has_leaderboard: bool = False

    @property
    def is_due(self) -> bool:
        return self.state in {WorkState.NEW, WorkState.STARTED}

    @property
    def is_ready(self) -> bool:
        """It can be worked on, and everything that it builds on is done."""
        return self.is_due and all(each.is_done for each in self.prerequisites)


@dataclass(frozen=True)
class TopicWork:
    topic: str
    works: Sequence[Work]

    @property
    def done(self) -> int:
        return sum(work.state is WorkState.DONE for work in self.works)

    @property
    def quizzes(self) -> list[Work]:
        return [work for work in self.works if work.kind == "quiz"]

    @property
    def levels(self) -> list[tuple[str, list[Work]]]:
        """Its exercises, from the easiest level on."""
        exercises = [work for work in self.works if work.kind != "quiz"]
        names = sorted({work.level for work in exercises}, key=level_number)
        return [(level, [work for work in exercises if work.level == level]) for level in names]


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
    """In the order they first appear; quizzes of several topics come first, exercises that use them all come last."""
    topics: dict[str, list[Work]] = {"": []}
    for work in works:
        topics.setdefault(work.topic, []).append(work)
    if TOGETHER in topics:
        topics[TOGETHER] = topics.pop(TOGETHER)
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


def next_exercises(works: Iterable[Work]) -> list[Work]:
    """The easiest ones that are ready, what was begun first."""
    ready = [work for work in works if work.kind == "assignment" and work.is_ready]
    return sorted(ready, key=lambda work: (work.state is not WorkState.STARTED, level_number(work.level)))


def _assignment_works(
    courses: dict[int, Course], grades: dict[int, GradebookEntry], now: datetime
) -> list[Work]:
    """In the order in which exercises are best done, course by course."""
    rows = list(
        Assignment.objects.filter(course__in=courses, is_published=True)
        .select_related("exercise")
        .defer("exercise__metadata")  # statements and messages of a whole catalogue are long
        .annotate(about=_about())
        .order_by("course_id", "pk")
    )
    by_slug = {(row.course_id, row.exercise_slug): row for row in reversed(rows)}
    works = []
    for row in _ordered(rows):
        about, course, grade = row.about, courses[row.course_id], grades.get(row.pk)
        needed = [by_slug.get((row.course_id, slug)) for slug in about["prerequisites"] or ()]
        prerequisites = tuple(_prerequisite(each, course, grades) for each in needed if each)
        works.append(
            Work(
                kind="assignment",
                title=_title(row),
                url=_address(row, course),
                course=course,
                state=_assignment_state(row, grade, now),
                topic=topic_of_exercise(about["topics"] or ()),
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                grade=Score(grade.points, grade.max_points) if grade else None,
                level=about["level"] or "",
                prerequisites=prerequisites,
                is_locked=row.prerequisites_required and not all(each.is_done for each in prerequisites),
                has_leaderboard=bool(about["leaderboard"]),
            )
        )
    return works


def topic_of_exercise(topics: Sequence[str]) -> str:
    """The first; with more than two it brings them together."""
    return topics[0] if 0 < len(topics) <= 2 else TOGETHER


def _about() -> JSONObject:
    names = ("titles", "topics", "level", "prerequisites", "leaderboard")
    return JSONObject(**{name: F(f"exercise__metadata__{name}") for name in names})


def _ordered(rows: Sequence[Any]) -> list[Any]:
    found = []
    for _course, group in groupby(rows, key=lambda row: row.course_id):
        of_slug = {row.slug: row for row in group}
        steps = [
            Step(
                slug=row.exercise_slug,
                level=row.about["level"] or "",
                prerequisites=row.about["prerequisites"] or (),
            )
            for row in of_slug.values()
        ]
        # Two assignments may set the same exercise: they stay together, in their order.
        rank = {step.slug: place for place, step in enumerate(in_learning_order(steps))}
        found += sorted(of_slug.values(), key=lambda row: rank[row.exercise_slug])
    return found


def _prerequisite(row: Any, course: Course, grades: dict[int, GradebookEntry]) -> Prerequisite:
    grade = grades.get(row.pk)
    is_done = grade is not None and is_enough(grade.points, grade.max_points)
    return Prerequisite(title=_title(row), url=_address(row, course), is_done=is_done)


def _title(row: Any) -> str:
    return text_in(row.titles or row.about["titles"])


def _address(row: Any, course: Course) -> str:
    return reverse("assignments:assignment", args=[course.slug, row.slug])


def _assignment_state(assignment: Assignment, grade: GradebookEntry | None, now: datetime) -> WorkState:
    is_closed = assignment.closes_at is not None and assignment.closes_at <= now
    if grade is not None:
        return WorkState.DONE if is_closed or grade.points >= grade.max_points else WorkState.STARTED
    return _untouched(assignment.opens_at, assignment.closes_at, now)


def _untouched(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> WorkState:
    if opens_at is not None and opens_at > now:
        return WorkState.NOT_YET
    return WorkState.MISSED if closes_at is not None and closes_at <= now else WorkState.NEW
