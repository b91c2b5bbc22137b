"""Marks of answers: what a person said, every change of a score, and corrections of keys. Written by `actions` only."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prova.quizzes.models import AttemptItem, Quiz


class Mark(models.Model):
    """What a person said of one answer. Rows are added, never changed; the one with the highest number counts."""

    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="marks")
    number = models.PositiveSmallIntegerField()  #: 1 is the first
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    levels = models.JSONField()  #: {criterion id: level id}
    comment = models.TextField(blank=True, default="")  #: to the learner
    reason = models.CharField(max_length=500, blank=True, default="")  #: why it was marked anew
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            # Of two markers at once, the second cannot take the place of the first unseen.
            models.UniqueConstraint(fields=["attempt_item", "number"], name="marks_are_counted")
        ]

    def __str__(self) -> str:
        return f"mark {self.number} of {self.attempt_item_id}"


class Claim(models.Model):
    """Somebody has an answer open to mark it. It keeps nobody else from marking, and ends by itself."""

    attempt_item = models.OneToOneField(AttemptItem, on_delete=models.CASCADE, related_name="claim")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_item_id} is being marked until {self.until:%H:%M}"


class Remedy(models.TextChoices):
    """What an instructor does about a question that was asked with a fault."""

    NEW_KEY = "new_key", _("score anew with the corrected key")
    FULL_MARKS = "full_marks", _("give everybody full marks")
    DROP = "drop", _("drop the question: nobody earns or loses anything by it")


class Correction(models.Model):
    """The decision to score attempts anew after a newer version of a question was published."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="corrections")
    question = models.ForeignKey("questionbank.Question", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("questionbank.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    remedy = models.CharField(max_length=10, choices=Remedy.choices)
    note = models.CharField(max_length=500, blank=True, default="")  #: to those whose score changes
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)  #: None: attempts may be left; applying again goes on

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "version", "remedy"], name="a_correction_is_decided_once")
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class ChangeKind(models.TextChoices):
    SUBMISSION = "submission", _("Submitted")
    MARKING = "marking", _("Marked")
    CODE = "code", _("Checked in the sandbox")
    CORRECTION = "correction", _("Question corrected")
    ADJUSTMENT = "adjustment", _("Adjusted by hand")


class MarkChange(models.Model):
    """One change of what an answer is worth. Rows are added, never changed."""

    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    from_score = models.FloatField(null=True)  #: None: there was none
    to_score = models.FloatField()
    from_points = models.FloatField()  #: what could be earned
    to_points = models.FloatField()
    is_pending = models.BooleanField(default=False)  #: afterwards
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, default="")
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Applying a correction twice changes nobody's score twice.
            models.UniqueConstraint(
                fields=["attempt_item", "correction"],
                condition=models.Q(correction__isnull=False),
                name="one_change_per_correction",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.from_score} to {self.to_score}"

    @property
    def changes_something(self) -> bool:
        return (self.from_score, self.from_points) != (self.to_score, self.to_points)
