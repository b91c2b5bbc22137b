from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from prova.quizzes.models.quiz import Quiz
from prova.quizzes.timing import Allowance


class Accommodation(models.Model):
    """What is different for one learner. Empty fields leave the quiz's rule as it is."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="accommodations")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accommodations"
    )
    time_factor = models.FloatField(default=1.0, validators=[MinValueValidator(1.0)])  #: of the time limit
    extra_s = models.PositiveIntegerField(default=0)  #: on top of the factor
    opens_at = models.DateTimeField(null=True, blank=True)
    start_until = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    needs_no_password = models.BooleanField(default=False)
    from_any_network = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, default="")  #: for instructors only
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "learner"], name="one_accommodation_per_learner"),
            models.CheckConstraint(condition=models.Q(time_factor__gte=1.0), name="time_is_never_taken_away"),
        ]

    def __str__(self) -> str:
        return f"accommodation {self.pk}"

    def allowance(self) -> Allowance:
        return Allowance(
            time_factor=self.time_factor,
            extra_s=self.extra_s,
            opens_at=self.opens_at,
            start_until=self.start_until,
            closes_at=self.closes_at,
        )


class PasswordTry(models.Model):
    """A quiz password typed by a learner, right or not; counted before it is looked at. The word is never kept."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["quiz", "learner", "at"], name="password_tries")]

    def __str__(self) -> str:
        return f"try {self.pk}"
