"""The way of a submission to the graders and back, and signs of life."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prova.assignments.models.submission import Submission


class OutboxMessage(models.Model):
    """A grading job to be published. Written with the submission's state, sent after the commit."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="outbox")
    nonce = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  #: not before; later than created_at after a failure
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="unsent_outbox", condition=models.Q(sent_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"job of submission {self.submission_id}"


class EventKind(models.TextChoices):
    PUBLISHED = "published", _("Sent to the graders")
    STARTED = "started", _("Grading started")
    LEASE_EXPIRED = "lease_expired", _("The grader fell silent")
    REPUBLISHED = "republished", _("Sent again")
    SYSTEM_FAILURE = "system_failure", _("A try failed on our side")
    SYSTEM_ERROR = "system_error", _("Given up after the last try")
    GRADED = "graded", _("Graded")
    LATE_REPORT = "late_report", _("Report of an abandoned try ignored")
    DUPLICATE_REPORT = "duplicate_report", _("Second report ignored")
    REFUSED_REPORT = "refused_report", _("Report that makes no sense refused")
    REGRADED = "regraded", _("Mark replaced by a regrade")


class SubmissionEvent(models.Model):
    """What happened to a submission. Rows are added, never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    nonce = models.UUIDField()
    detail = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%H:%M:%S}"


class Heartbeat(models.Model):
    """When a background process last did its work; `/healthz` reads it."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%H:%M:%S}"
