"""A course and who takes part in it."""

from django.conf import settings
from django.db import models

from prova.courses.texts import text_in


class Role(models.TextChoices):
    LEARNER = "learner"
    INSTRUCTOR = "instructor"


class Course(models.Model):
    slug = models.SlugField(unique=True)
    #: {language: text}; a page shows one language of it, see prova.courses.texts.text_in
    titles = models.JSONField()
    descriptions = models.JSONField(default=dict)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Enrolment", related_name="courses")

    def __str__(self) -> str:
        return self.slug

    def title(self) -> str:
        return text_in(self.titles)

    def description(self) -> str:
        return text_in(self.descriptions)


class Enrolment(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=16, choices=Role.choices)
    #: to other learners, on leaderboards; else they see a pseudonym. The learner's own choice
    shows_name = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "user"], name="one_enrolment_per_person")]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.course}"
