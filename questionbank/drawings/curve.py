from __future__ import annotations

from questionbank.drawings import svg
from questionbank.drawings.frame import Frame
from questionbank.drawings.numbers import DrawingProblem, Numbers, increasing
from questionbank.drawings.plot import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, Plot, Table, axes
from questionbank.drawings.scale import Scale
from questionbank.pictures import ImageText
from questionbank.rendering.numbers import format_number

MOST_DOTS = 40


def draw_curve(numbers: Numbers, text: ImageText, language: str) -> Plot:
    """A line through (`x`, `y`), with a dot at each; `dots_only: true` leaves the line out; `log_x`, `log_y`."""
    numbers.only("x", "y", "dots_only", "log_x", "log_y")
    xs, ys = numbers.many("x", 2), numbers.many("y", 2)
    dots_only = numbers.flag("dots_only")
    if len(xs) != len(ys):
        raise DrawingProblem(f"{len(xs)} x for {len(ys)} y", "write as many of both")
    if not dots_only:
        increasing("x", xs)
    logs = numbers.flag("log_x"), numbers.flag("log_y")
    if (logs[0] and min(xs) <= 0) or (logs[1] and min(ys) <= 0):
        raise DrawingProblem("a logarithmic axis with a number that is not above zero", "leave it linear")
    frame = Frame(
        400.0,
        HEIGHT,
        Scale.over(xs, LEFT, RIGHT, margin=0.04, is_log=logs[0]),
        Scale.over(ys, BOTTOM, TOP, margin=0.08, is_log=logs[1]),
    )
    places = [frame.place(x, y) for x, y in zip(xs, ys, strict=True)]
    parts = [axes(frame, language, text.x, text.y)]
    if not dots_only:
        parts.append(svg.path(places, "chart__curve"))
    if dots_only or len(places) <= MOST_DOTS:
        parts += [svg.element("circle", cx=x, cy=y, r=4, class_="chart__other") for x, y in places]
    rows = tuple(
        (format_number(x, language), format_number(y, language)) for x, y in zip(xs, ys, strict=True)
    )
    return Plot(frame, "".join(parts), Table((text.x, text.y), rows))
