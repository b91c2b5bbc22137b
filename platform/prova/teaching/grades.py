"""The grades of a course as one table: a row per learner, two columns per piece of work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.models import Course
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Quiz
from prova.teaching.spreadsheet import Cell

#: of a piece of work: ("quiz" or "assignment", its number)
WorkKey = tuple[str, int]


@dataclass(frozen=True)
class Work:
    key: WorkKey
    title: str
    slug: str


@dataclass(frozen=True)
class Grade:
    points: float
    max_points: float
    is_provisional: bool  #: something of it is still to be marked


Grades = Mapping[tuple[int, WorkKey], Grade]  #: by learner and work


def header(works: Sequence[Work]) -> list[str]:
    """A title may stand on two pieces of work, so the slug is beside it."""
    titles = [f"{work.title} ({work.key[0]} {work.slug})" for work in works]
    columns = [f"{title}: {what}" for title in titles for what in ("points", "max_points")]
    return ["username", "name", *columns, "provisional"]


def rows(learners: Sequence[User], works: Sequence[Work], grades: Grades) -> Iterator[list[Cell]]:
    """Empty cells: no grade yet. The last cell names what may still rise."""
    for learner in learners:
        found = [grades.get((learner.pk, work.key)) for work in works]
        cells: list[Cell] = [learner.get_username(), learner.name()]
        for grade in found:
            cells += [grade.points, grade.max_points] if grade else [None, None]
        pending = [
            work.slug for work, grade in zip(works, found, strict=True) if grade and grade.is_provisional
        ]
        yield [*cells, "; ".join(pending)]


def works_of(course: Course, grades: Grades) -> list[Work]:
    """What is published, and what somebody has a grade for; quizzes first. Two queries."""
    graded = {key for _, key in grades}
    quizzes: list[Quiz | Assignment] = list(course.quizzes.order_by("pk"))
    assignments = list(course.assignments.select_related("exercise").order_by("pk"))
    works = [
        (("quiz" if isinstance(work, Quiz) else "assignment", work.pk), work)
        for work in quizzes + assignments
    ]
    return [Work(key, work.title(), work.slug) for key, work in works if work.is_published or key in graded]


def grades_of(course: Course) -> Grades:
    """One query, so that every grade is of the same moment."""
    found = GradebookEntry.objects.filter(course=course).values_list(
        "learner_id", "quiz_id", "assignment_id", "points", "max_points", "is_provisional"
    )
    return {
        (learner, ("quiz", quiz) if quiz else ("assignment", assignment)): Grade(points, most, is_provisional)
        for learner, quiz, assignment, points, most, is_provisional in found.iterator(chunk_size=2000)
    }
