from __future__ import annotations

from questionbank.drawings import svg
from questionbank.drawings.numbers import DrawingProblem, Numbers, increasing
from questionbank.drawings.plot import LEFT, RIGHT, Plot, Table, axes, upright, vertical_marks
from questionbank.drawings.scale import Scale
from questionbank.pictures import ImageText
from questionbank.rendering.numbers import format_number


def draw_histogram(numbers: Numbers, text: ImageText, language: str) -> Plot:
    """`edges` (one more than bins), `counts`; `marks`: dashed lines at these x, such as a threshold."""
    numbers.only("edges", "counts", "marks")
    edges, counts = numbers.many("edges", 2), numbers.many("counts")
    marks = numbers.many("marks", 0, optional=True)
    increasing("edges", edges)
    if len(edges) != len(counts) + 1:
        raise DrawingProblem(
            f"{len(counts)} counts between {len(edges)} edges", "write one edge more than counts"
        )
    if min(counts) < 0:
        raise DrawingProblem("a count is negative", "write how many lie in each bin")
    is_whole = all(count == int(count) for count in counts)
    frame = upright(Scale.over(edges, LEFT, RIGHT), 0.0, max(*counts, 1.0), is_whole=is_whole)
    bottom = frame.up.start
    bars = []
    for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True):
        x, top = frame.across.at(low), frame.up.at(count)
        width = max(frame.across.at(high) - x - 1, 0.5)
        # what is there is seen, be it one weight among thousands
        height = max(bottom - top, 1.5) if count else 0.0
        if count:
            bars.append(svg.rectangle(x, bottom - height, width, height, "chart__bar"))
    body = axes(frame, language, text.x, text.y) + "".join(bars) + vertical_marks(frame, marks)
    return Plot(frame, body, _table(edges, counts, text, language))


def _table(edges: list[float], counts: list[float], text: ImageText, language: str) -> Table:
    rows = tuple(
        (f"{format_number(low, language)} … {format_number(high, language)}", format_number(count, language))
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    )
    return Table((text.x, text.y), rows)
