"""Requests to draw the variants of a draft.

The row is the truth and its own outbox: the broker may lose or repeat any message. Who may change which field, and
when, is in `actions`; nothing else writes these rows.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class DrawState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DRAWN = "drawn"
    REFUSED = "refused"  #: the author's turn; `problem` says why
    FAILED = "failed"  #: ours, after the last try


OPEN_STATES = (DrawState.WAITING, DrawState.RUNNING)


class DrawRequest(models.Model):
    draft = models.ForeignKey("authoring.Draft", on_delete=models.CASCADE, related_name="draw_requests")
    #: of the draft when it was asked last
    revision = models.PositiveIntegerField()
    #: questionbank.definition.QuestionDefinition.to_json()
    question = models.JSONField()
    #: questionbank.draw_fingerprint: what the draw depends on
    fingerprint = models.CharField(max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=DrawState.choices, default=DrawState.WAITING)
    nonce = models.UUIDField(default=uuid.uuid4)  #: of the current try
    tries = models.PositiveSmallIntegerField(default=0)  #: that a worker began
    sendings = models.PositiveSmallIntegerField(default=0)  #: of the current try
    due_at = models.DateTimeField(default=timezone.now)  #: not sent before
    sent_at = models.DateTimeField(null=True, blank=True)  #: None: still to be sent
    deadline_at = models.DateTimeField(null=True, blank=True)  #: when the sweeper looks after it
    ended_at = models.DateTimeField(null=True, blank=True)
    drawn = models.JSONField(default=dict)  #: {"variants": […], "redraws": […]}
    problem = models.JSONField(default=dict)  #: questionbank.draw_problem.DrawProblem.to_json()
    failure = models.TextField(blank=True, default="")  #: ours, for the operator
    profile = models.CharField(max_length=8, blank=True, default="")  #: of the sandbox

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "fingerprint"], name="one_draw_per_way_to_draw")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="draws_to_be_sent",
                condition=models.Q(sent_at__isnull=True, state="waiting"),
            ),
            models.Index(
                fields=["deadline_at"],
                name="draws_under_way",
                condition=models.Q(state__in=["waiting", "running"], sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"variants of draft {self.draft_id}, revision {self.revision}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
