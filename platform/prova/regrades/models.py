"""Regrades: what was judged anew, compared with which mark, and what was decided. Written by `actions` only."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prova.assignments.models import Assignment, Exercise, Submission


class Scope(models.TextChoices):
    ALL = "all", _("All graded submissions")
    COUNTING = "counting", _("Only those that count for the grade")


class RegradeState(models.TextChoices):
    OPEN = "open", _("Not decided")
    LIVE = "live", _("Live")
    DISCARDED = "discarded", _("Discarded")


class Regrade(models.Model):
    """One look at an assignment with the newest version of its exercise, and the decision about it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="regrades")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope.choices)
    note = models.CharField(max_length=500, blank=True, default="")  #: to those whose mark changes
    state = models.CharField(max_length=9, choices=RegradeState.choices, default=RegradeState.OPEN)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                name="one_open_regrade_per_assignment",
                condition=models.Q(state="open"),
            ),
            models.CheckConstraint(
                condition=models.Q(state="open")
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decision_has_a_who_and_a_when",
            ),
        ]

    def __str__(self) -> str:
        return f"regrade {self.pk}"


class Outcome(models.TextChoices):
    """What became of one comparison once the regrade was made live."""

    UNDECIDED = "", _("not decided")
    LIVE = "live", _("now the mark")
    OVERTAKEN = "overtaken", _("left alone: the mark had changed meanwhile")
    NOT_JUDGED = "not_judged", _("left alone: judging it failed on our side")


class RegradeItem(models.Model):
    """The mark of one submission beside that of its shadow."""

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="items")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="regrade_items")
    shadow = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="regrade_item")
    #: the mark that is compared with; made live only while it still is the submission's
    old_nonce = models.UUIDField()
    old_score = models.FloatField()
    old_max_score = models.FloatField()
    #: a GradingReport's message, kept when the new one takes its place in the submission
    old_report = models.JSONField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.UNDECIDED)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "submission"], name="one_comparison_per_submission")
        ]

    def __str__(self) -> str:
        return f"submission {self.submission_id} in regrade {self.regrade_id}"
