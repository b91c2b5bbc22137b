"""A picture file as it is stored: checked by its bytes, without what cameras and editors write into it, named by content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from questionbank.definition import QuestionDefinition
from questionbank.images.containers import BadImage, Cleaned, cleaned
from questionbank.pictures import ImageDefinition

MAX_BYTES = 1_000_000
MAX_SIDE = 4000
#: Where the site serves stored pictures; the name follows.
ASSET_URL = "/bank/images/"
_NAME = re.compile(r"[0-9a-f]{40}-(\d{1,4})x(\d{1,4})\.(png|jpg|webp)")

__all__ = ["ASSET_URL", "AssetFile", "BadImage", "asset_of", "assets_of", "is_asset_name", "size_of_asset"]


@dataclass(frozen=True)
class AssetFile:
    name: str
    media_type: str
    content: bytes


def asset_of(raw: bytes) -> AssetFile:
    """The file as it is kept. Raises BadImage: too large, no picture, or of a format that is not taken."""
    if len(raw) > MAX_BYTES:
        raise BadImage(f"it has {len(raw)} bytes; at most {MAX_BYTES} are taken; make it smaller")
    image = cleaned(raw)
    if not (0 < image.width <= MAX_SIDE and 0 < image.height <= MAX_SIDE):
        raise BadImage(f"it is {image.width} x {image.height} pixels; at most {MAX_SIDE} a side are taken")
    return AssetFile(_name(image), image.media_type, image.content)


def _name(image: Cleaned) -> str:
    digest = hashlib.sha256(image.content).hexdigest()[:40]
    return f"{digest}-{image.width}x{image.height}.{image.extension}"


def is_asset_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def size_of_asset(name: str) -> tuple[int, int]:
    """Width and height in pixels."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} names no stored picture")
    return int(found[1]), int(found[2])


def assets_of(question: QuestionDefinition) -> tuple[ImageDefinition, ...]:
    """The images of the question that are stored files: `asset` names the bytes, `file` is the author's name of it."""
    return tuple(image for image in question.images if image.asset)
