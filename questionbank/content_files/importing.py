"""From a folder to the database: everything is read and checked first, every problem named with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from questionbank.actions import is_published
from questionbank.bank import Bank, DrawnQuestion, bank_of, draw_bank
from questionbank.content_files.folder import ReadFolder
from questionbank.content_files.shelves import FILE as SHELVES
from questionbank.content_files.shelves import Shelves, WrittenCollection, WrittenTag, read_shelves
from questionbank.content_files.stored_variants import StoredVariants, read_variants
from questionbank.findings import Finding
from questionbank.formats.yaml_file import LocatedQuestion, read_questions
from questionbank.images import BadImage, asset_of, assets_of
from questionbank.indexing import index_missing
from questionbank.linting import errors_in, lint_question
from questionbank.loading import LoadOutcome, publish_from_file
from questionbank.models import Asset, Collection, CollectionItem, Question
from questionbank.tags import TagProblem, tag_named


class BadContent(ValueError):
    """The author's turn; nothing was imported."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(
            sorted(set(findings), key=lambda each: (str(each.file), each.line, each.message))
        )
        super().__init__("\n".join(map(str, self.findings)))


@dataclass(frozen=True)
class BankContent:
    """What a folder says, found in order."""

    questions: tuple[DrawnQuestion, ...]
    shelves: Shelves
    images: dict[str, bytes]


def read_bank_content(folder: ReadFolder) -> BankContent:
    """Draws only what has no stored variants that fit. Raises BadContent with everything that is wrong."""
    findings = list(folder.findings)
    bank = _read_questions(folder)
    stored: dict[str, StoredVariants] = {}
    for path, content in folder.under("variants", ".json"):
        read, wrong = read_variants(content.decode("utf-8", "replace"), Path(path))
        stored |= read
        findings += wrong
    findings += bank.findings
    if findings:
        raise BadContent(findings)
    questions, undrawn = _drawn(bank, stored)
    findings += undrawn
    shelves, wrong_shelves = _read_shelves(folder, {each.located.definition.id for each in questions})
    findings += wrong_shelves
    for each in questions:
        findings += _rules_broken(each)
    images, missing = _images(folder, [each.located for each in questions])
    if findings or missing:
        raise BadContent([*findings, *missing])
    return BankContent(questions, shelves, images)


def _read_questions(folder: ReadFolder) -> Bank:
    files = [
        read_questions(content.decode("utf-8-sig", "replace"), Path(path), images=folder.root / "images")
        for path, content in folder.under("questions", ".yaml")
    ]
    return bank_of(files)


def _drawn(bank: Bank, stored: dict[str, StoredVariants]) -> tuple[tuple[DrawnQuestion, ...], list[Finding]]:
    kept = {
        each.definition.id: DrawnQuestion(each, stored[each.definition.id].variants)
        for each in bank.questions
        if each.definition.id in stored and stored[each.definition.id].fits(each.definition)
    }
    others = [each for each in bank.questions if each.definition.id not in kept]
    findings: list[Finding] = []
    if others:
        generators = {}
        if any(each.definition.generator for each in others):
            # the reference library; nothing of it is needed for variants that are stored
            from questionbank.generators import all_generators

            generators = all_generators()
        drawn = draw_bank(replace(bank, questions=tuple(others)), generators)
        kept |= {each.located.definition.id: each for each in drawn.questions}
        findings += drawn.findings
    return tuple(kept[each.definition.id] for each in bank.questions if each.definition.id in kept), findings


def _rules_broken(drawn: DrawnQuestion) -> list[Finding]:
    """What was published once was checked then."""
    located = drawn.located
    if is_published(located.definition, drawn.variants):
        return []
    return errors_in(
        lint_question(located.definition, drawn.variants, file=located.file, lines=located.lines)
    )


def _read_shelves(folder: ReadFolder, known: set[str]) -> tuple[Shelves, list[Finding]]:
    if SHELVES not in folder.files:
        return Shelves(), []
    path = Path(SHELVES)
    shelves, wrong = read_shelves(folder.files[SHELVES].decode("utf-8", "replace"), path)
    findings = list(wrong)
    written: list[WrittenTag | WrittenCollection] = [*shelves.tags, *shelves.collections]
    for shelf in written:
        for slug in shelf.questions:
            if slug not in known and not Question.objects.filter(slug=slug).exists():
                findings.append(
                    Finding(
                        path, shelf.line, "shelves", f"there is no question “{slug}”; add it or leave it out"
                    )
                )
    return shelves, findings


def _images(folder: ReadFolder, questions: list[LocatedQuestion]) -> tuple[dict[str, bytes], list[Finding]]:
    images: dict[str, bytes] = {}
    findings: list[Finding] = []
    for question in questions:
        for image in assets_of(question.definition):
            path = f"images/{image.file or image.asset}"
            raw = folder.files.get(path)
            try:
                is_right = raw is not None and asset_of(raw).name == image.asset
            except BadImage:
                is_right = False
            if is_right and raw is not None:
                images[image.asset] = raw
            elif not Asset.objects.filter(name=image.asset).exists():
                findings.append(
                    Finding(
                        question.file,
                        question.line("images", image.id),
                        "images",
                        f"{path} is missing or another picture; put it there",
                        question.definition.id,
                    )
                )
    return images, findings


def apply_bank_content(
    content: BankContent, *, overwrite: bool, owner: Any | None
) -> tuple[Counter[str], list[str]]:
    """Counts of outcomes, and what a person should know. Inside a transaction of the caller's. Raises BadContent."""
    findings: list[Finding] = []
    counts: Counter[str] = Counter()
    said: list[str] = []
    for name, raw in content.images.items():
        _store(name, raw)
    for each in content.questions:
        located = each.located
        loaded = publish_from_file(located.definition, each.variants, overwrite=overwrite)
        counts[f"questions {loaded.outcome}"] += 1
        if loaded.outcome is LoadOutcome.REFUSED:
            findings.append(
                Finding(located.file, located.line("id"), "web-edit", str(loaded), located.definition.id)
            )
        elif str(loaded):
            said.append(str(loaded))
    for tag in content.shelves.tags:
        findings += _apply_tag(tag)
    for collection in content.shelves.collections:
        findings += _apply_collection(collection, owner, counts, overwrite=overwrite)
    if findings:
        raise BadContent(findings)
    index_missing()
    return counts, said


def _store(name: str, raw: bytes) -> None:
    if not Asset.objects.filter(name=name).exists():
        asset = asset_of(raw)
        Asset.objects.create(
            name=asset.name, media_type=asset.media_type, content=asset.content, file_name=name
        )


def _apply_tag(tag: WrittenTag) -> list[Finding]:
    """Adds; a tag that somebody set on the web stays."""
    try:
        tag_named(tag.name).questions.add(*Question.objects.filter(slug__in=tag.questions))
    except TagProblem as problem:
        return [Finding(Path(SHELVES), tag.line, "tag", str(problem))]
    return []


def _apply_collection(
    written: WrittenCollection, owner: Any | None, counts: Counter[str], *, overwrite: bool
) -> list[Finding]:
    def problem(message: str) -> list[Finding]:
        return [Finding(Path(SHELVES), written.line, "collection", message)]

    there = Collection.objects.filter(slug=written.slug).first()
    if there is None:
        if owner is None:
            return problem(f"the collection “{written.slug}” needs an owner; name a user with --owner")
        there = Collection.objects.create(slug=written.slug, titles=written.titles, owner=owner)
        counts["collections new"] += 1
    elif _says(there, written):
        counts["collections unchanged"] += 1
        return []
    elif not overwrite:
        return problem(
            f"the collection “{written.slug}” is another one here; import with --overwrite, or rename it"
        )
    else:
        counts["collections changed"] += 1
    there.titles, there.descriptions, there.is_shared = (
        written.titles,
        written.descriptions,
        written.is_shared,
    )
    there.save(update_fields=["titles", "descriptions", "is_shared"])
    there.items.all().delete()
    rows = {question.slug: question for question in Question.objects.filter(slug__in=written.questions)}
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=there, question=rows[slug], position=position)
        for position, slug in enumerate(written.questions)
    )
    return []


def _says(there: Collection, written: WrittenCollection) -> bool:
    slugs = list(there.items.order_by("position").values_list("question__slug", flat=True))
    return (there.titles, there.descriptions, there.is_shared, slugs) == (
        written.titles,
        written.descriptions,
        written.is_shared,
        list(written.questions),
    )
