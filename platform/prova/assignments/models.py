"""Exercises as loaded from files, their use in a course, and what learners hand in.

The submission's row is the truth about its grading: the broker may lose or repeat any message. Who may change
which field, and when, is in `actions`, `publishing`, `recording` and `sweeping`; nothing else writes these tables.
"""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class UploadTry(models.Model):
    """A file that is being read, or that could not be; see prova.assignments.upload_pace."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"file at {self.at:%Y-%m-%d %H:%M}"


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
