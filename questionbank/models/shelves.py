"""How people order questions: by free words, and in named lists. Both are of the question, not of a version."""

from django.conf import settings
from django.db import models

from questionbank.models.published import Question


class Tag(models.Model):
    name = models.CharField(max_length=60)  #: as it was first written
    #: questionbank.tags.folded(name): case, accents and spaces make no other tag.
    folded = models.CharField(max_length=60, unique=True)
    questions = models.ManyToManyField(Question, related_name="tags", blank=True)

    class Meta:
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    """Questions in an order somebody chose."""

    slug = models.SlugField(max_length=100, unique=True)
    titles = models.JSONField()  #: {language: text}
    descriptions = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: Other instructors see it and may use it; only the owner changes it.
    is_shared = models.BooleanField(default=True)
    questions = models.ManyToManyField(Question, through="CollectionItem", related_name="collections")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="collection_items")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "question"], name="a_question_once_per_collection"),
            models.UniqueConstraint(
                fields=["collection", "position"],
                name="one_question_per_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.position}"
