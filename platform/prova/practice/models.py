"""What learners practised. Rows are added; a turn is answered once."""

from django.conf import settings
from django.db import models


class PracticeTurn(models.Model):
    """A question as a learner met it while practising: version, variant and seed replay it exactly."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_turns"
    )
    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="practice_turns")
    question = models.ForeignKey("questionbank.Question", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("questionbank.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey("questionbank.Variant", on_delete=models.PROTECT, related_name="+")
    #: of the question when it was asked
    topic = models.SlugField(max_length=100)
    #: Whether the learner practises the topic, or this one question.
    whole_topic = models.BooleanField(default=False)
    seed = models.BigIntegerField()  #: of the options' order
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=8, blank=True, default="")  #: it was answered in
    response = models.JSONField(null=True)  #: as the item understood it
    raw = models.JSONField(default=list)  #: as it was typed or ticked
    outcome = models.JSONField(null=True)  #: what scoring said
    fraction = models.FloatField(null=True)
    answered_at = models.DateTimeField(null=True)  #: None: not answered, and what is right is not shown

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) ^ models.Q(fraction__isnull=False),
                name="answered_means_scored",
            ),
            models.UniqueConstraint(
                fields=["learner", "course", "question"],
                condition=models.Q(answered_at__isnull=True),
                name="one_open_turn_per_question",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "course", "topic", "-id"], name="practised_last"),
            models.Index(fields=["question", "learner", "id"], name="practised_first"),
        ]

    def __str__(self) -> str:
        return f"practice turn {self.pk}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
