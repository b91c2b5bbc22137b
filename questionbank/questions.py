"""From stored versions to items that can be asked."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from questionbank import models
from questionbank.definition import QuestionDefinition
from questionbank.items import Item, bind
from questionbank.variant import Variant


def latest_versions(slugs: Iterable[str] | None = None) -> QuerySet[models.QuestionVersion]:
    """The newest version of every question (or of those named), with its question, ordered by topic and slug."""
    newest = models.QuestionVersion.objects.filter(question=OuterRef("question")).order_by("-number")
    versions = models.QuestionVersion.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    if slugs is not None:
        versions = versions.filter(question__slug__in=list(slugs))
    return versions.select_related("question").order_by("question__topic", "question__slug")


def item_of(version: models.QuestionVersion, variant: models.Variant) -> Item:
    """The version with the numbers of one of its variants, ready to present, parse, score and explain."""
    if variant.version_id != version.pk:
        raise ValueError(f"{variant} does not belong to {version}")
    return bind(definition_of(version), variant_of(variant), salt=version.content_hash)


def definition_of(version: models.QuestionVersion) -> QuestionDefinition:
    """Made once for each row that was read: what is published never changes."""
    made: QuestionDefinition | None = version.__dict__.get("_definition")
    if made is None:
        made = version.__dict__["_definition"] = QuestionDefinition.from_json(version.content)
    return made


def variant_of(variant: models.Variant) -> Variant:
    made: Variant | None = variant.__dict__.get("_numbers")
    if made is None:
        values = {"params": variant.params, "options": variant.options, "key": variant.key}
        made = variant.__dict__["_numbers"] = Variant.from_json(values)
    return made
