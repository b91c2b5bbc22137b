from django.db import models

from prova.quizzes.models.attempt import AttemptItem


class HintTaken(models.Model):
    """A hint a learner paid for. Rows are added, never changed nor removed: what was read stays read."""

    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="hints_taken")
    number = models.PositiveSmallIntegerField()  #: 1 is the question's first
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt_item", "number"], name="a_hint_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"hint {self.number} of {self.attempt_item_id}"
