"""What the gradebook holds after policy, and every change of it."""

from django.conf import settings
from django.db import models


class GradebookEntry(models.Model):
    """The grade of one learner for one quiz or one assignment."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="grades")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grades")
    quiz = models.ForeignKey("quizzes.Quiz", on_delete=models.PROTECT, null=True, related_name="grades")
    assignment = models.ForeignKey(
        "assignments.Assignment", on_delete=models.PROTECT, null=True, related_name="grades"
    )
    points = models.FloatField()
    max_points = models.FloatField()
    is_provisional = models.BooleanField(default=False)  #: something that may raise it is still to be marked
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "learner", "quiz"],
                name="one_grade_per_quiz",
                condition=models.Q(quiz__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["course", "learner", "assignment"],
                name="one_grade_per_assignment",
                condition=models.Q(assignment__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(quiz__isnull=True) ^ models.Q(assignment__isnull=True),
                name="a_grade_is_of_one_piece_of_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points:g} of {self.max_points:g}"


class GradeChange(models.Model):
    """One change of a grade. Rows are added, never changed."""

    entry = models.ForeignKey(GradebookEntry, on_delete=models.CASCADE, related_name="changes")
    points = models.FloatField()
    max_points = models.FloatField()
    #: what caused it, e.g. "attempt 12" or "submission 7"
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.points:g} by {self.reason}"
