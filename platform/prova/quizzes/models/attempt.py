from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prova.quizzes.models.quiz import Quiz, QuizItem, Section


class CountingAttempts(models.Manager["Attempt"]):
    def get_queryset(self) -> "models.QuerySet[Attempt]":
        return super().get_queryset().filter(is_preview=False)


class Attempt(models.Model):
    """One sitting of a quiz. An instructor's preview is one too, which `objects` and `quiz.attempts` leave out."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()  #: 1 is the learner's first
    seed = models.BigIntegerField()  #: of variants and of the options' order
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)  #: None: no limit
    submitted_at = models.DateTimeField(null=True)  #: None: still open
    is_timed_out = models.BooleanField(default=False)  #: submitted by the clock
    score = models.FloatField(null=True)  #: of what is marked so far; None: still open
    max_score = models.FloatField()
    pending_count = models.PositiveSmallIntegerField(default=0)  #: answers still to be marked
    #: given while it ran; moves the deadline, past closing too
    added_s = models.PositiveIntegerField(default=0)
    page = models.PositiveSmallIntegerField(default=1)  #: reached, where there is no way back
    is_preview = models.BooleanField(default=False)  #: an instructor's; never counts

    objects = CountingAttempts()
    with_previews = models.Manager["Attempt"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "learner", "number"], name="attempts_are_counted"),
            models.UniqueConstraint(
                fields=["quiz", "learner"],
                condition=models.Q(submitted_at__isnull=True),
                name="one_open_attempt",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) ^ models.Q(score__isnull=False),
                name="submitted_means_scored",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"],
                condition=models.Q(submitted_at__isnull=True),
                name="open_attempts",
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def is_provisional(self) -> bool:
        """Submitted, and the score may still rise."""
        return self.pending_count > 0


class AttemptItem(models.Model):
    """A question as one learner met it: version, variant and seed replay it exactly."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    #: None: the question has left the quiz since
    quiz_item = models.ForeignKey(
        QuizItem, on_delete=models.SET_NULL, null=True, related_name="attempt_items"
    )
    version = models.ForeignKey(
        "questionbank.QuestionVersion", on_delete=models.PROTECT, related_name="attempt_items"
    )
    variant = models.ForeignKey(
        "questionbank.Variant", on_delete=models.PROTECT, related_name="attempt_items"
    )
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    page = models.PositiveSmallIntegerField(default=1)
    seed = models.BigIntegerField()  #: of the options' order
    points = models.FloatField()  #: to be earned
    is_flagged = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)  #: feedback was shown at once, so the answer stays as it is
    language = models.CharField(max_length=8, blank=True, default="")  #: empty: as the page
    score = models.FloatField(null=True)  #: None: not submitted yet
    outcome = models.JSONField(null=True)  #: what scoring said; None: not submitted yet
    #: who still has to mark the answer: "person", "sandbox", or empty
    pending = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_attempt_item_per_place")
        ]
        indexes = [
            models.Index(fields=["pending", "id"], condition=~models.Q(pending=""), name="pending_items"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}/{self.position}"


class Response(models.Model):
    """One answer as it was given. Rows are never changed; the newest counts. Of very many, see history.py, some go."""

    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="responses")
    value = models.JSONField(null=True)  #: as the item understood it; None: empty, or not understood
    raw = models.JSONField()  #: as it was typed or ticked, a list of texts
    language = models.CharField(max_length=8)  #: the item was shown in
    saved_at = models.DateTimeField()
    tab = models.CharField(
        max_length=36, blank=True, default=""
    )  #: the open page it came from, by its own name
    tab_counter = models.PositiveIntegerField(null=True)  #: counts the saves of this item in this tab

    class Meta:
        indexes = [models.Index(fields=["attempt_item", "-id"], name="newest_response")]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Refusal(models.TextChoices):
    """Why a request about an attempt was turned away."""

    OTHER_ITEM = "other_item", _("for a question of another attempt")
    OTHER_PERSON = "other_person", _("by somebody whose attempt it is not")
    OVER = "over", _("after the end")
    LEFT = "left", _("for a page that was left for good, or not reached yet")
    CHECKED = "checked", _("after the feedback")
    NETWORK = "network", _("from outside the networks")
    TOO_FAST = "too_fast", _("faster than anybody answers")


class RefusedRequest(models.Model):
    """How often somebody tried what an attempt does not allow. Honest in small numbers: a late save is one."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="refused")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Refusal.choices)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "user", "kind"], name="refusals_are_counted")
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.kind} {self.times} times"
