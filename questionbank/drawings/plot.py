"""A finished plot: its marks, its axes, and its numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass

from questionbank.drawings import svg
from questionbank.drawings.frame import Frame
from questionbank.drawings.scale import Scale, Tick

LEFT, RIGHT, TOP = 52.0, 390.0, 12.0
BOTTOM, HEIGHT = 196.0, 240.0


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Plot:
    frame: Frame
    #: What stands inside the svg element; escaped.
    body: str
    table: Table

    def svg(self, alt: str) -> str:
        """The whole picture; `alt` says what it shows to who does not see it."""
        return svg.element(
            "svg",
            self.body,
            class_="chart figure__drawing",
            viewBox=f"0 0 {self.frame.width:g} {self.frame.height:g}",
            role="img",
            aria_label=alt,
        )


def axes(frame: Frame, language: str, x: str, y: str, *, names: tuple[Tick, ...] | None = None) -> str:
    """Grid, ticks and labels. `names`: what stands at the left instead of numbers."""
    left, right = frame.across.start, frame.across.end
    bottom, top = max(frame.up.start, frame.up.end), min(frame.up.start, frame.up.end)
    parts = []
    for tick in frame.across.ticks(language):
        parts.append(svg.line(tick.at, top, tick.at, bottom, "chart__grid"))
        parts.append(svg.text(tick.label, tick.at, bottom + 16, "chart__middle"))
    if names is None:
        for tick in frame.up.ticks(language, most=5):
            parts.append(svg.line(left, tick.at, right, tick.at, "chart__grid"))
            parts.append(svg.text(tick.label, left - 6, tick.at + 4, "chart__end"))
    else:
        parts += [svg.text(tick.label, left - 6, tick.at + 4, "chart__end") for tick in names]
    parts.append(svg.line(left, bottom, right, bottom, "chart__axis"))
    if x:
        parts.append(svg.text(x, (left + right) / 2, bottom + 34, "chart__middle"))
    if y:
        parts.append(_turned(y, (top + bottom) / 2))
    return "".join(parts)


def _turned(label: str, middle: float) -> str:
    return svg.text(label, 12, middle, "chart__middle", transform=f"rotate(-90 12 {middle:g})")


def vertical_marks(frame: Frame, values: list[float]) -> str:
    """Dashed lines over the full height, such as a threshold."""
    bottom, top = frame.up.start, frame.up.end
    # a pale line underneath keeps the dashes visible on bars
    return "".join(
        svg.line(frame.across.at(value), bottom, frame.across.at(value), top, kind)
        for kind in ("chart__halo", "chart__median")
        for value in values
    )


def upright(across: Scale, low: float, high: float, *, is_whole: bool = False) -> Frame:
    """A frame of the usual size with numbers on both axes."""
    return Frame(400.0, HEIGHT, across, Scale(low, high, BOTTOM, TOP, is_whole=is_whole))
