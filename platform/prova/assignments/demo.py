"""The assignment of the demo course."""

from prova.assignments.models import Assignment, Exercise
from prova.courses.models import Course

DEMO_EXERCISE = "affine-quantization"


def create_demo_assignment(course: Course) -> Assignment:
    """Safe to repeat. Exercise.DoesNotExist: run `load_exercises` first."""
    exercise = Exercise.objects.filter(slug=DEMO_EXERCISE).latest("pk")
    assignment, _ = Assignment.objects.get_or_create(
        course=course,
        slug=DEMO_EXERCISE,
        defaults={
            "exercise_slug": DEMO_EXERCISE,
            "exercise": exercise,
            "points": exercise.metadata["max_score"],
            "is_published": True,
        },
    )
    return assignment
