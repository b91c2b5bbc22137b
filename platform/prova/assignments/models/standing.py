"""What ranks on a leaderboard."""

from django.conf import settings
from django.db import models

from prova.assignments.models.assignment import Assignment
from prova.assignments.models.submission import Submission


class Standing(models.Model):
    """What ranks a graded submission on its assignment's leaderboard; there is none for one that is not ranked.

    Derived from the report when a mark is written or replaced, so that a board is read without reading reports.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, primary_key=True, related_name="standing"
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="standings")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standings")
    submitted_at = models.DateTimeField()
    #: names of what was compared: rows of other terms than the exercise's present ones do not count
    terms = models.CharField(max_length=400)
    #: what may be told at any time: of a hidden check the tenths of its points, in percent
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    against = models.FloatField(null=True)
    #: what was measured: the same, unless the check is hidden
    key = models.CharField(max_length=40)
    full_value = models.FloatField()
    full_low = models.FloatField()
    full_high = models.FloatField()
    full_against = models.FloatField(null=True)
    against_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["assignment", "learner"], name="standings_of_assignment")]

    def __str__(self) -> str:
        return f"{self.value:g} by submission {self.submission_id}"
