"""Publishing: the one way a question gets into the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from questionbank import models
from questionbank.asset_actions import refuse_missing_assets
from questionbank.definition import QuestionDefinition
from questionbank.indexing import index_version
from questionbank.questions import definition_of
from questionbank.variant import Variant


@dataclass(frozen=True)
class Publication:
    version: models.QuestionVersion
    #: False: the newest version already says exactly this.
    is_new: bool
    #: Languages whose text stayed the same while the source text changed: an author should look.
    perhaps_stale: tuple[str, ...] = ()


def hash_of(question: QuestionDefinition, variants: Sequence[Variant]) -> str:
    """Over the content and the drawn variants, not the generator's code: rewriting a generator so that it draws
    the same makes no new version, and a generator that draws otherwise does."""
    published = {"question": question.to_json(), "variants": [variant.to_json() for variant in variants]}
    return hashlib.sha256(json.dumps(published, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_published(question: QuestionDefinition, variants: Sequence[Variant]) -> bool:
    """Whether some version says exactly this: then it was checked when that one was published."""
    versions = models.QuestionVersion.objects.filter(question__slug=question.id)
    return versions.filter(content_hash=hash_of(question, variants)).exists()


@transaction.atomic
def publish_question(
    question: QuestionDefinition,
    variants: Sequence[Variant],
    *,
    origin: models.Origin = models.Origin.FILES,
    by: Any = None,
) -> Publication:
    """Stores a new version unless the newest one is the same. Two publishers at once take turns. `by`: a user, or None.

    Whoever loads files calls `questionbank.loading.publish_from_file`, which buries no web edit. Raises MissingAsset.
    """
    return publish_to(locked_question(question), question, variants, origin=origin, by=by)


def publish_to(
    row: models.Question,
    question: QuestionDefinition,
    variants: Sequence[Variant],
    *,
    origin: models.Origin,
    by: Any = None,
) -> Publication:
    """`publish_question` for a row that the caller has locked."""
    refuse_missing_assets(question)
    latest = row.latest_version()
    content_hash = hash_of(question, variants)
    if latest is not None and latest.content_hash == content_hash:
        return Publication(latest, is_new=False)
    if (row.topic, row.item_type) != (question.topic, question.type):
        row.topic, row.item_type = question.topic, question.type
        row.save(update_fields=["topic", "item_type"])
    version = models.QuestionVersion.objects.create(
        question=row,
        number=1 if latest is None else latest.number + 1,
        content=question.to_json(),
        content_hash=content_hash,
        origin=origin,
        published_by=by,
    )
    models.Variant.objects.bulk_create(
        models.Variant(version=version, number=number, **variant.to_json())
        for number, variant in enumerate(variants)
    )
    index_version(version, question, variants)
    before = None if latest is None else definition_of(latest)
    return Publication(version, is_new=True, perhaps_stale=_perhaps_stale(before, question))


def locked_question(question: QuestionDefinition) -> models.Question:
    """The question's row, made where there is none, locked until the transaction ends."""
    models.Question.objects.get_or_create(
        slug=question.id, defaults={"topic": question.topic, "item_type": question.type}
    )
    return models.Question.objects.select_for_update().get(slug=question.id)


def _perhaps_stale(before: QuestionDefinition | None, now: QuestionDefinition) -> tuple[str, ...]:
    if before is None or before.texts.get(now.source_language) == now.texts.get(now.source_language):
        return ()
    return tuple(
        language
        for language, text in now.texts.items()
        if language != now.source_language and before.texts.get(language) == text
    )
