"""What is looked up, not read: made from the newest version of a question, and made again when another is published."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from questionbank.models.published import Question, QuestionVersion


class IndexCard(models.Model):
    """One per question: what lists, filters and facets ask of its newest version."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="card", primary_key=True)
    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=16)
    generator = models.CharField(max_length=200, blank=True, default="")  #: empty: not parameterised
    variant_count = models.PositiveIntegerField()
    titles = models.JSONField()  #: {language: the objective}
    source = models.TextField()
    texts = models.JSONField()  #: {language: "ok" | "stale" | "missing"}
    key = models.TextField()  #: the right answer in a form that is equal where answers are
    made_by = models.PositiveIntegerField()  #: questionbank.indexing.RULES; another number is made again

    class Meta:
        indexes = [
            models.Index(fields=["level"], name="card_level"),
            GinIndex(fields=["texts"], name="card_texts", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"card of {self.question_id}"


class IndexedText(models.Model):
    """One per question and language."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="indexed_texts")
    language = models.CharField(max_length=16)
    #: Readable, without markup: title and stem, options, explanations; a line each.
    text = models.TextField()
    #: Title and stem weigh A, options B, explanations C.
    document = SearchVectorField()
    #: questionbank.similarity.bands: texts that resemble each other share some.
    bands = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "language"], name="one_indexed_text_per_language")
        ]
        indexes = [
            # written seldom and read often: no list of pending entries that every search would read through
            GinIndex(fields=["document"], name="indexed_text_document", fastupdate=False),
            GinIndex(fields=["bands"], name="indexed_text_bands", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} in {self.language}"
