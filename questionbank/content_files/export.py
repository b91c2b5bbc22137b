"""From the database to files: the newest version of every question, and what people order them with."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from questionbank.content_files.folder import FolderProblem
from questionbank.content_files.shelves import FILE as SHELVES
from questionbank.content_files.shelves import Shelves, WrittenCollection, WrittenTag, write_shelves
from questionbank.content_files.stored_variants import StoredVariants, write_variants
from questionbank.definition import QuestionDefinition
from questionbank.draw_fingerprint import draw_fingerprint
from questionbank.formats.writing import write_file
from questionbank.images import assets_of
from questionbank.models import Asset, Collection, QuestionVersion, Tag
from questionbank.questions import definition_of, latest_versions, variant_of


def bank_files() -> dict[str, bytes]:
    """{path: bytes}. FolderProblem: two pictures of one name, or a picture that is not stored."""
    by_topic: dict[str, list[tuple[QuestionDefinition, QuestionVersion]]] = defaultdict(list)
    for version in latest_versions().prefetch_related("variants"):
        definition = definition_of(version)
        by_topic[definition.topic].append((definition, version))
    texts = {SHELVES: write_shelves(_shelves())}
    for topic, members in by_topic.items():
        texts[f"questions/{topic}.yaml"] = write_file(topic, [definition for definition, _ in members])
        drawn = {
            definition.id: _stored(definition, version)
            for definition, version in members
            if definition.is_generated
        }
        if drawn:
            texts[f"variants/{topic}.json"] = write_variants(drawn)
    questions = [definition for members in by_topic.values() for definition, _ in members]
    return {path: text.encode() for path, text in texts.items()} | _images(questions)


def _stored(definition: QuestionDefinition, version: QuestionVersion) -> StoredVariants:
    variants = sorted(version.variants.all(), key=lambda variant: variant.number)
    return StoredVariants(draw_fingerprint(definition), tuple(map(variant_of, variants)))


def _images(questions: list[QuestionDefinition]) -> dict[str, bytes]:
    """Where the file's author named it, under that name, else under the name of its content."""
    names: dict[str, str] = {}
    for question in questions:
        for image in assets_of(question):
            path = f"images/{image.file or image.asset}"
            if names.setdefault(path, image.asset) != image.asset:
                raise FolderProblem(
                    f"{question.id} and another question show two pictures called {Path(path).name}; upload one of "
                    f"them under another name"
                )
    stored = dict(Asset.objects.filter(name__in=names.values()).values_list("name", "content"))
    missing = sorted(set(names.values()) - set(stored))
    if missing:
        raise FolderProblem(f"not stored: {', '.join(missing)}; load the bank that holds them first")
    return {path: bytes(stored[name]) for path, name in names.items()}


def _shelves() -> Shelves:
    tags = Tag.objects.prefetch_related("questions").order_by("folded")
    collections = Collection.objects.prefetch_related("items__question").order_by("slug")
    return Shelves(
        tuple(WrittenTag(tag.name, tuple(sorted(each.slug for each in tag.questions.all()))) for tag in tags),
        tuple(
            WrittenCollection(
                slug=each.slug,
                titles=each.titles,
                descriptions=each.descriptions,
                is_shared=each.is_shared,
                questions=tuple(item.question.slug for item in each.items.all()),
            )
            for each in collections
        ),
    )
