"""Pictures, regions to be marked and hints, as a question file holds them."""

from __future__ import annotations

from typing import Any

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.pictures import ImageDefinition, ImageText, RegionDefinition


def hints(question: QuestionDefinition) -> list[dict[str, Any]]:
    return [{"id": hint.id, "cost": hint.cost} for hint in question.hints]


def hint_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, str]:
    return {hint.id: text.hints[hint.id] for hint in question.hints if hint.id in text.hints}


def images(question: QuestionDefinition) -> dict[str, dict[str, Any]]:
    return {image.id: _image(image) for image in question.images}


def _image(image: ImageDefinition) -> dict[str, Any]:
    if image.drawing is not None:
        # the database keeps no order of fields
        return dict(sorted(image.drawing.items(), key=lambda field: (field[0] != "kind", field[0])))
    return {"file": image.file} if image.file else {"asset": image.asset}


def image_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, dict[str, Any]]:
    written = {image.id: text.images[image.id] for image in question.images if image.id in text.images}
    return {name: _image_text(image) for name, image in written.items() if _image_text(image)}


def _image_text(image: ImageText) -> dict[str, Any]:
    return image.to_json()


def hotspot(question: QuestionDefinition) -> dict[str, Any] | None:
    spots = question.hotspot
    if spots is None:
        return None
    return {
        "picture": spots.picture,
        "points": spots.points,
        "regions": [_region(region) for region in spots.regions],
    }


def _region(region: RegionDefinition) -> dict[str, Any]:
    at: Any = list(region.at)
    if region.shape == "polygon":
        at = [list(corner) for corner in zip(region.at[::2], region.at[1::2], strict=True)]
    elif region.shape == "bar":
        at = region.at[0]
    return {"id": region.id, region.shape: at, **({"correct": True} if region.correct else {})}


def region_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, str]:
    regions = question.hotspot.regions if question.hotspot else ()
    return {region.id: text.regions[region.id] for region in regions if region.id in text.regions}
