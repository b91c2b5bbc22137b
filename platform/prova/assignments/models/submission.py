"""What learners hand in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prova.assignments.models.assignment import Assignment, Exercise


class State(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    GRADED = "graded", _("Graded")
    SYSTEM_ERROR = "system_error", _("Not graded: a failure of ours")


OPEN_STATES = (State.QUEUED, State.RUNNING)


class LiveSubmissions(models.Manager["Submission"]):
    """What learners handed in to assignments."""

    def get_queryset(self) -> models.QuerySet["Submission"]:
        return super().get_queryset().filter(shadow_of__isnull=True, attempt_item__isnull=True)


class Submission(models.Model):
    """One upload and what became of it; or the shadow of one, judged anew in the background.

    A shadow is graded as any submission is, and seen by nobody but who queues, records and compares: `objects` leaves
    shadows out. What it consists of (source, seed) is its original's.

    An answer of a quiz that is code is one too, of an unlisted assignment; `objects` leaves it out, the attempt shows it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="submissions")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="submissions")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions"
    )
    source = models.TextField()
    file_name = models.CharField(max_length=200, blank=True, default="")  #: empty: typed into the page
    #: the upload's further files, its cells, and what was said of it: see `uploads.stored`
    upload = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    #: names the current try: what a grader reports under another nonce changes nothing
    nonce = models.UUIDField(default=uuid.uuid4)
    tries = models.PositiveSmallIntegerField(default=1)  #: nonces so far
    published_at = models.DateTimeField(null=True, blank=True)  #: of the current nonce, the last time
    #: without a sign of life until then, the sweeper acts; None: nothing is published yet, or all is over
    deadline_at = models.DateTimeField(null=True, blank=True)
    seed = models.BigIntegerField()  #: of the hidden checks' inputs; secret
    progress = models.JSONField(default=dict, blank=True)  #: {"done", "total", "checks": {name: verdict}}

    started_at = models.DateTimeField(null=True, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)  #: or given up
    score = models.FloatField(null=True, blank=True)
    max_score = models.FloatField(null=True, blank=True)
    report = models.JSONField(null=True, blank=True)  #: a GradingReport's message, without its hidden details
    #: what hidden checks found, as CheckResults: only `hidden_details.py` says who may read it
    hidden_details = models.JSONField(default=list, blank=True)

    #: set for shadows only
    shadow_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="shadows"
    )
    regraded_at = models.DateTimeField(null=True, blank=True)  #: a shadow's mark took the place of the first
    #: set for answers of a quiz only
    attempt_item = models.ForeignKey(
        "quizzes.AttemptItem", on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    is_trial = models.BooleanField(default=False)  #: asked for while the quiz was taken; never counts

    objects = LiveSubmissions()
    with_shadows = models.Manager["Submission"]()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["assignment", "learner", "-id"], name="submissions_of_learner"),
            models.Index(
                fields=["deadline_at"],
                name="open_submissions",
                condition=models.Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["-published_at"], name="published_submissions"),
            models.Index(
                fields=["published_at"],
                name="submissions_with_graders",
                condition=models.Q(state__in=["queued", "running"], published_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="graded") | models.Q(score__isnull=False, report__isnull=False),
                name="graded_means_a_score_and_a_report",
            ),
            models.UniqueConstraint(
                fields=["attempt_item"],
                condition=models.Q(attempt_item__isnull=False, is_trial=False),
                name="an_answer_is_handed_in_once",
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"

    @property
    def is_final(self) -> bool:
        return self.state not in OPEN_STATES


class UploadTry(models.Model):
    """A file that is being read, or that could not be; see prova.assignments.upload_pace."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"file at {self.at:%Y-%m-%d %H:%M}"
