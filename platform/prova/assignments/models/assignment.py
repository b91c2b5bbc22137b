"""Exercises as loaded from files, and their use in a course."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from prova.courses.texts import text_in
from prova.gradebook.policies import Counts


class Exercise(models.Model):
    """One version of an exercise package. Never edited: a changed package is a new row."""

    slug = models.SlugField(max_length=100)
    version = models.CharField(max_length=64)  #: content hash of the whole package
    #: what pages may show: texts, starter, signatures, checks' names and points; never solutions or check code
    metadata = models.JSONField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_row_per_exercise_version")
        ]

    def __str__(self) -> str:
        return f"{self.slug}@{self.version[:12]}"


class ListedAssignments(models.Manager["Assignment"]):
    """Those that people see."""

    def get_queryset(self) -> "models.QuerySet[Assignment]":
        return super().get_queryset().filter(is_unlisted=False)


class Assignment(models.Model):
    """The use of an exercise in a course. Unlisted ones hold what quizzes hand to the graders, and nobody sees them."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="assignments")
    slug = models.SlugField(max_length=100)
    exercise_slug = models.SlugField(max_length=100)
    #: the version new submissions are graded with; `load_exercises` moves it on
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="assignments")
    titles = models.JSONField(default=dict, blank=True)  #: {language: text}; empty: the exercise's own
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    submissions_per_hour = models.PositiveSmallIntegerField(default=60)
    submissions_limit = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  #: in all; None: as many as one likes
    points = models.FloatField(default=10.0)  #: what full marks are worth in the course
    #: which of several submissions becomes the grade
    counts = models.CharField(max_length=8, choices=[(way, way) for way in Counts], default=Counts.BEST)
    is_published = models.BooleanField(default=False)
    #: prerequisites of the exercise have to be done before anything is accepted; else they are a hint
    prerequisites_required = models.BooleanField(default=False)
    #: what the instructors' last `HiddenDetailsDecision` says; None: none yet, the closing time decides
    hidden_details_shown = models.BooleanField(null=True, blank=True)
    is_unlisted = models.BooleanField(default=False)

    objects = ListedAssignments()
    with_unlisted = models.Manager["Assignment"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="one_assignment_per_slug")]

    def __str__(self) -> str:
        return self.slug

    def title(self) -> str:
        return text_in(self.titles or self.exercise.metadata["titles"])


class HiddenDetailsDecision(models.Model):
    """Who let learners read how hidden checks failed, or stopped it, and when. Rows are added, never changed."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="hidden_details_decisions"
    )
    shown = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{'shown' if self.shown else 'withheld'} at {self.decided_at:%Y-%m-%d %H:%M}"
