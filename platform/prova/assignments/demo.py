"""The assignments of the demo course: every exercise of the catalogue."""

from prova.assignments.models import Assignment, Exercise
from prova.courses.learning_order import Step, in_learning_order
from prova.courses.models import Course

DEMO_EXERCISE = "affine-quantization"


def create_demo_assignments(course: Course) -> list[Assignment]:
    """Safe to repeat. Exercise.DoesNotExist: run `load_exercises` first."""
    newest = Exercise.objects.order_by("slug", "-pk").distinct("slug")
    steps = [
        Step(
            slug=exercise.slug,
            level=exercise.metadata["level"],
            prerequisites=exercise.metadata.get("prerequisites", ()),
        )
        for exercise in newest
    ]
    if not steps:
        raise Exercise.DoesNotExist
    return [create_demo_assignment(course, step.slug) for step in in_learning_order(steps)]


def create_demo_assignment(course: Course, slug: str = DEMO_EXERCISE) -> Assignment:
    """Safe to repeat. Exercise.DoesNotExist: run `load_exercises` first."""
    exercise = Exercise.objects.filter(slug=slug).latest("pk")
    assignment, _ = Assignment.objects.get_or_create(
        course=course,
        slug=slug,
        defaults={
            "exercise_slug": slug,
            "exercise": exercise,
            "points": exercise.metadata["max_score"],
            "is_published": True,
        },
    )
    return assignment
