"""Pictures of a question, and the places on one of them that a learner is to mark; as the author declared them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ImageDefinition:
    """Shown where a text says `![…](image:ID)`. Either a stored file (`asset`) or drawn from numbers (`drawing`)."""

    id: str
    #: Names bytes that never change: `questionbank.images.assets`. Empty where the picture is drawn.
    asset: str = ""
    #: The author's name of the file in `content/images`; empty for an uploaded one and where the picture is drawn.
    file: str = ""
    #: `kind` and the numbers of one of `questionbank.drawings`; a text `[[name]]` stands for what the generator drew.
    drawing: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        drawing = None if self.drawing is None else dict(self.drawing)
        written = {"id": self.id, "asset": self.asset, "file": self.file, "drawing": drawing}
        return {name: value for name, value in written.items() if value}


@dataclass(frozen=True)
class ImageText:
    """What one language writes at a picture."""

    #: What a reader who does not see the picture must know; where the Markdown of the text says none.
    alt: str = ""
    #: Drawn pictures: what the axes show, with the unit.
    x: str = ""
    y: str = ""
    #: Drawn bars: the name of each, where it is a word of the language.
    labels: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        written = {"alt": self.alt, "x": self.x, "y": self.y, "labels": list(self.labels)}
        return {name: value for name, value in written.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ImageText:
        return cls(**{**data, "labels": tuple(data.get("labels", ()))})


@dataclass(frozen=True)
class RegionDefinition:
    id: str
    #: rectangle | circle | polygon | band | bar
    shape: str
    #: rectangle: x, y, x, y of two corners; circle: x, y, radius along x; polygon: x, y of each corner;
    #: band: the two x it lies between, over the full height; bar: its number, from 1. In the coordinates of the drawn
    #: plot, or in percent of the stored picture from its upper left corner. A text `[[name]]`: drawn by the generator.
    at: tuple[float | str, ...]
    #: False: a known mistake, which has a message of its own.
    correct: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "shape": self.shape, "at": list(self.at), "correct": self.correct}


@dataclass(frozen=True)
class HotspotDefinition:
    #: Id of the image that is marked.
    picture: str
    regions: tuple[RegionDefinition, ...]
    #: How many points the learner may set.
    points: int = 1

    def to_json(self) -> dict[str, Any]:
        regions = [region.to_json() for region in self.regions]
        return {"picture": self.picture, "points": self.points, "regions": regions}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> HotspotDefinition:
        regions = tuple(RegionDefinition(**{**each, "at": tuple(each["at"])}) for each in data["regions"])
        return cls(picture=data["picture"], points=data["points"], regions=regions)
