"""The assignments of the demo course."""

from prova.assignments.models import Assignment, Exercise
from prova.courses.models import Course

DEMO_EXERCISE = "affine-quantization"
#: in the order of the course: coarser numbers, fewer weights, fewer values, shorter codes, a smaller network, speed, and all of it together
DEMO_EXERCISES = (
    DEMO_EXERCISE,
    "magnitude-pruning",
    "weight-sharing",
    "huffman-coding",
    "distillation-loss",
    "sparse-matvec",
    "compress-weights",
)


def create_demo_assignments(course: Course) -> list[Assignment]:
    """Safe to repeat. Exercise.DoesNotExist: run `load_exercises` first."""
    return [create_demo_assignment(course, slug) for slug in DEMO_EXERCISES]


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
