"""The pictures of a question: files beside the questions, uploaded ones by their name, and drawings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from questionbank.drawings import KINDS
from questionbank.formats.fields import WORD, Fields
from questionbank.images import BadImage, asset_of, is_asset_name
from questionbank.pictures import ImageDefinition, ImageText

#: Where a file is looked for when the questions are not read from a folder.
SHIPPED_IMAGES = Path(__file__).parents[1] / "content" / "images"
MOST_IMAGES = 12
_FILE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"


def read_images(fields: Fields) -> tuple[ImageDefinition, ...]:
    if "images" not in fields.values:
        return ()
    images = fields.sub("images")
    if len(images.values) > MOST_IMAGES:
        fields.problem(f"{len(images.values)} images; at most {MOST_IMAGES}", "images")
    for name in images.values:
        if not WORD.fullmatch(name):
            images.problem(f"“{name}” must be small letters, digits, - and _", name)
    return tuple(_image(images.sub(name), name) for name in images.values)


def _image(fields: Fields, name: str) -> ImageDefinition:
    if "file" in fields.values:
        fields.only({"file"})
        file = fields.text("file")
        return ImageDefinition(name, asset=_asset_of(fields, file) if file else "", file=file)
    if "asset" in fields.values:
        fields.only({"asset"})
        asset = fields.text("asset")
        if asset and not is_asset_name(asset):
            fields.problem(f"“{asset}” is no name of an uploaded picture; copy it from the list", "asset")
        return ImageDefinition(name, asset=asset if is_asset_name(asset) else "")
    kind = fields.values.get("kind")
    if kind not in KINDS:
        fields.problem(f"write “file”, “asset”, or the “kind” of a drawing: {', '.join(sorted(KINDS))}")
    return ImageDefinition(name, drawing=dict(fields.values))


def _asset_of(fields: Fields, file: str) -> str:
    if not re.fullmatch(_FILE, file):
        fields.problem(f"“{file}” must be the bare name of a file in “images”", "file")
        return ""
    folder = fields.notes.images or SHIPPED_IMAGES
    try:
        return asset_of((folder / file).read_bytes()).name
    except OSError:
        fields.problem(f"there is no file {file} in {folder.name}/; put it there", "file")
    except BadImage as problem:
        fields.problem(f"{file} is not taken: {problem}", "file")
    return ""


def image_texts(fields: Fields, images: tuple[ImageDefinition, ...]) -> dict[str, Any]:
    if not images or "images" not in fields.values:
        return {}
    written = fields.sub("images")
    written.only(image.id for image in images)
    return {"images": {image.id: _text(written, image) for image in images if image.id in written.values}}


def _text(fields: Fields, image: ImageDefinition) -> ImageText:
    inner = fields.sub(image.id)
    inner.only({"alt", "x", "y", "labels"} if image.drawing else {"alt"})
    labels = inner.values.get("labels", [])
    if not isinstance(labels, list) or not all(isinstance(each, str) for each in labels):
        inner.problem("“labels” must be a list of texts", "labels")
        labels = []
    return ImageText(
        alt=inner.text("alt", required=False),
        x=inner.text("x", required=False),
        y=inner.text("y", required=False),
        labels=tuple(labels),
    )
