from datetime import datetime

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
    #: A wrong single choice costs what guessing it would gain.
    guessing_penalty = models.BooleanField(default=False)

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
