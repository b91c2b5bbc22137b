"""The pictures of a question in one language, with the numbers of one variant, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from questionbank.definition import QuestionDefinition
from questionbank.drawings import Frame, Plot, draw
from questionbank.drawings.plot import Table
from questionbank.images.assets import ASSET_URL, size_of_asset
from questionbank.images.words import word
from questionbank.pictures import ImageDefinition, ImageText
from questionbank.rendering.problem import RenderingProblem
from questionbank.variant import Variant


@dataclass(frozen=True)
class ShownPictures:
    """What `questionbank.rendering` embeds. Every method raises RenderingProblem where the author is at fault."""

    question: QuestionDefinition
    variant: Variant
    language: str

    def figure(self, image: str, alt: str) -> str:
        """Of its own; a drawing has its numbers as a table underneath on request."""
        return f'<figure class="figure">{self.phrase(image, alt)}{self.numbers(image)}</figure>'

    def numbers(self, image: str) -> str:
        """A drawing's numbers as a table, folded; empty for a stored file, and where the author withholds them."""
        declared = self._declared(image)
        if declared.drawing is None or not declared.drawing.get("table", True):
            return ""
        return _table(self._plot(declared).table, self.language)

    def phrase(self, image: str, alt: str) -> str:
        """The bare picture, as it may stand in a sentence."""
        declared = self._declared(image)
        alt = alt or self._text(image).alt
        if declared.drawing is not None:
            return self._plot(declared).svg(alt)
        width, height = size_of_asset(declared.asset)
        return (
            f'<img class="figure__image" src="{ASSET_URL}{declared.asset}" alt="{escape(alt)}" '
            f'width="{width}" height="{height}" decoding="async">'
        )

    def frame(self, image: str) -> Frame:
        """The coordinates in which places on the picture are named."""
        declared = self._declared(image)
        if declared.drawing is not None:
            return self._plot(declared).frame
        return Frame.of_stored_picture(*size_of_asset(declared.asset))

    def _declared(self, image: str) -> ImageDefinition:
        for each in self.question.images:
            if each.id == image:
                return each
        known = ", ".join(each.id for each in self.question.images) or "none"
        raise RenderingProblem(
            f"there is no image “{image}”", f"declare it under “images”; known are {known}"
        )

    def _plot(self, declared: ImageDefinition) -> Plot:
        return draw(declared.drawing or {}, self._text(declared.id), self.language, self.variant)

    def _text(self, image: str) -> ImageText:
        return self.question.texts[self.language].images.get(image, ImageText())


def _table(table: Table, language: str) -> str:
    head = _cells(table.head, "th", ' scope="col"') if any(table.head) else ""
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in table.rows)
    return (
        f'<details class="figure__numbers"><summary>{word("numbers", language)}</summary>'
        f'<table class="table table--compact">{f"<thead><tr>{head}</tr></thead>" if head else ""}'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _row(cells: tuple[str, ...]) -> str:
    return _cells(cells[:1], "th", ' scope="row"') + _cells(cells[1:], "td", ' class="number"')


def _cells(cells: Iterable[str], tag: str, attributes: str) -> str:
    # an empty heading over row names is a cell
    return "".join(
        f"<{tag}{attributes}>{escape(cell)}</{tag}>" if cell or tag == "td" else "<td></td>" for cell in cells
    )
