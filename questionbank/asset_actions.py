"""Keeping picture files: once per content, for good."""

from collections.abc import Iterable
from pathlib import Path

from questionbank.definition import QuestionDefinition
from questionbank.images import asset_of, assets_of
from questionbank.models import Asset


class MissingAsset(ValueError):
    """A question names a picture that is not stored; the author's turn: upload it, or put its file into images/."""


def store_picture(raw: bytes, file_name: str) -> Asset:
    """The stored picture; the same bytes are kept once, under the first name they came with. Raises BadImage."""
    picture = asset_of(raw)
    asset, _is_new = Asset.objects.get_or_create(
        name=picture.name,
        defaults={
            "media_type": picture.media_type,
            "content": picture.content,
            "file_name": file_name[: Asset._meta.get_field("file_name").max_length],
        },
    )
    return asset


def store_files_of(questions: Iterable[QuestionDefinition], folder: Path) -> None:
    """What sound questions show of the files in `folder`; one query when all are there already."""
    files = {image.asset: image.file for each in questions for image in assets_of(each) if image.file}
    known = set(Asset.objects.filter(name__in=files).values_list("name", flat=True)) if files else set()
    for name in files.keys() - known:
        store_picture((folder / files[name]).read_bytes(), files[name])


def refuse_missing_assets(question: QuestionDefinition) -> None:
    """Raises MissingAsset. No query for a question without stored pictures."""
    names = {image.asset for image in assets_of(question)}
    if not names:
        return
    known = set(Asset.objects.filter(name__in=names).values_list("name", flat=True))
    if missing := sorted(names - known):
        raise MissingAsset(f"{question.id}: not stored: {', '.join(missing)}; upload the picture first")
