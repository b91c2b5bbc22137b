"""Questions, their immutable versions, and the variants drawn when a version was published."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class Immutable(TypeError):
    """A published version replays past attempts and is never changed; publish another one instead."""


class PublishedQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise Immutable(f"{self.model.__name__} rows are published and cannot be updated")


class Published(models.Model):
    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable(f"{self} is published and cannot be changed")
        super().save(*args, **kwargs)


class Question(models.Model):
    slug = models.SlugField(max_length=100, unique=True)
    topic = models.SlugField(max_length=100, db_index=True)
    item_type = models.CharField(max_length=32)

    class Meta:
        ordering = ["topic", "slug"]

    def __str__(self) -> str:
        return self.slug

    def latest_version(self) -> "QuestionVersion | None":
        return self.versions.order_by("-number").first()


class Origin(models.TextChoices):
    """Where a version was written; loading files never buries what was written on the web."""

    FILES = "files"
    WEB = "web"


class QuestionVersion(Published):
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    #: questionbank.definition.QuestionDefinition.to_json(): the neutral part and the text of each language.
    content = models.JSONField()
    #: Of the content and all variants: the same hash is the same question to every learner.
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.FILES)
    #: None: a command did, or the person has left.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="published_questions"
    )

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.question} version {self.number}"


class Variant(Published):
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="variants")
    #: From 0; a question without a generator has only variant 0.
    number = models.PositiveIntegerField()
    params = models.JSONField(default=dict)
    #: Value of every generated option, by option id.
    options = models.JSONField(default=dict)
    #: {"value": number, "slips": {id: number}} of a generated numeric question, else null.
    key = models.JSONField(null=True)

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_variant_per_number")]

    def __str__(self) -> str:
        return f"{self.version}, variant {self.number}"
