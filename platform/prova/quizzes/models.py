"""A quiz in a course, and what a learner did with it.

Who may change which field, and when, is in `actions`; nothing else writes attempts and responses.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prova.courses.texts import text_in
from prova.gradebook.policies import Counts


class FeedbackPolicy(models.TextChoices):
    """When a learner may see keys and explanations."""

    AFTER_SUBMISSION = "after_submission", _("after submitting")
    AFTER_CLOSE = "after_close", _("after the quiz has closed")
    NEVER = "never", _("never")


class Quiz(models.Model):
    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="quizzes")
    slug = models.SlugField(max_length=100)
    titles = models.JSONField()  #: {language: text}
    descriptions = models.JSONField(default=dict, blank=True)
    time_limit_s = models.PositiveIntegerField(null=True, blank=True)  #: None: as long as the quiz is open
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)  #: None: as many as one likes
    counts = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in Counts], default=Counts.BEST.value
    )
    feedback_policy = models.CharField(
        max_length=20, choices=FeedbackPolicy.choices, default=FeedbackPolicy.AFTER_SUBMISSION
    )
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="one_quiz_per_slug")]

    def __str__(self) -> str:
        return self.slug

    def title(self) -> str:
        return text_in(self.titles)

    def description(self) -> str:
        return text_in(self.descriptions)

    def has_opened(self, now: datetime) -> bool:
        return self.is_published and (self.opens_at is None or self.opens_at <= now)

    def has_closed(self, now: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= now

    def is_open(self, now: datetime) -> bool:
        return self.has_opened(now) and not self.has_closed(now)

    def shows_feedback(self, now: datetime) -> bool:
        """For an attempt that is over."""
        if self.feedback_policy == FeedbackPolicy.AFTER_CLOSE:
            return self.has_closed(now)
        return self.feedback_policy == FeedbackPolicy.AFTER_SUBMISSION

    def shows_score(self, now: datetime) -> bool:
        """A score tells which guess was right, so it waits for the quiz to close as the keys do."""
        return self.feedback_policy != FeedbackPolicy.AFTER_CLOSE or self.has_closed(now)


class QuizItem(models.Model):
    """A question's place in a quiz."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey("questionbank.Question", on_delete=models.PROTECT, related_name="quiz_items")
    #: the version new attempts get; attempts keep theirs
    version = models.ForeignKey(
        "questionbank.QuestionVersion", on_delete=models.PROTECT, related_name="quiz_items"
    )
    position = models.PositiveSmallIntegerField()
    points = models.FloatField(default=1.0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "position"], name="one_item_per_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["quiz", "question"], name="a_question_once_per_quiz"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}/{self.position}"


class Attempt(models.Model):
    """One sitting of a quiz."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()  #: 1 is the learner's first
    seed = models.BigIntegerField()  #: of variants and of the options' order
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)  #: None: no limit
    submitted_at = models.DateTimeField(null=True)  #: None: still open
    is_timed_out = models.BooleanField(default=False)  #: submitted by the clock
    score = models.FloatField(null=True)  #: None: still open
    max_score = models.FloatField()

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
    position = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField()  #: of the options' order
    points = models.FloatField()  #: to be earned
    is_flagged = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True, default="")  #: empty: as the page
    score = models.FloatField(null=True)  #: None: not submitted yet
    outcome = models.JSONField(null=True)  #: what scoring said; None: not submitted yet

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_attempt_item_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.attempt}/{self.position}"


class Response(models.Model):
    """One answer as it was given. Rows are added, never changed; the newest counts."""

    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="responses")
    value = models.JSONField(null=True)  #: as the item understood it; None: empty, or not understood
    raw = models.JSONField()  #: as it was typed or ticked, a list of texts
    language = models.CharField(max_length=8)  #: the item was shown in
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["attempt_item", "-id"], name="newest_response")]

    def __str__(self) -> str:
        return f"response {self.pk}"
