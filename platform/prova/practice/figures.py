"""How a class practises one question. One query."""

from dataclasses import dataclass

from django.db.models import Count, Q

from prova.courses.models import Course, Role
from prova.practice.models import PracticeTurn
from questionbank.models import Question


@dataclass(frozen=True)
class PracticeFigures:
    learners: int
    answers: int
    right: int

    @property
    def right_percent(self) -> int:
        return round(100 * self.right / self.answers) if self.answers else 0


def figures_of(question: Question, course: Course) -> PracticeFigures:
    """Of the course's learners; what instructors tried is left out."""
    turns = PracticeTurn.objects.filter(
        question=question,
        course=course,
        fraction__isnull=False,
        learner__enrolments__course=course,
        learner__enrolments__role=Role.LEARNER,
    )
    counts = turns.aggregate(
        learners=Count("learner", distinct=True),
        answers=Count("pk"),
        right=Count("pk", filter=Q(fraction__gte=1)),
    )
    return PracticeFigures(**counts)
