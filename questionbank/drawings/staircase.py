from __future__ import annotations

from questionbank.drawings import svg
from questionbank.drawings.numbers import DrawingProblem, Numbers, increasing
from questionbank.drawings.plot import LEFT, RIGHT, Plot, Table, axes, upright
from questionbank.drawings.scale import Scale
from questionbank.pictures import ImageText
from questionbank.rendering.numbers import format_number


def draw_staircase(numbers: Numbers, text: ImageText, language: str) -> Plot:
    """`levels[i]` holds from `edges[i]` to `edges[i + 1]`; `identity: true` draws y = x as a dashed line."""
    numbers.only("edges", "levels", "identity")
    edges, levels = numbers.many("edges", 2), numbers.many("levels")
    increasing("edges", edges)
    if len(edges) != len(levels) + 1:
        raise DrawingProblem(
            f"{len(levels)} levels between {len(edges)} edges", "write one edge more than levels"
        )
    heights = Scale.over(levels, 0, 1, margin=0.08)
    frame = upright(Scale.over(edges, LEFT, RIGHT), heights.low, heights.high)
    steps: list[tuple[float, float]] = []
    for low, high, level in zip(edges[:-1], edges[1:], levels, strict=True):
        steps += [frame.place(low, level), frame.place(high, level)]
    identity = ""
    if numbers.flag("identity"):
        low, high = max(edges[0], heights.low), min(edges[-1], heights.high)
        if low < high:
            identity = svg.path([frame.place(low, low), frame.place(high, high)], "chart__median")
    body = axes(frame, language, text.x, text.y) + identity + svg.path(steps, "chart__curve")
    rows = tuple(
        (f"{format_number(low, language)} … {format_number(high, language)}", format_number(level, language))
        for low, high, level in zip(edges[:-1], edges[1:], levels, strict=True)
    )
    return Plot(frame, body, Table((text.x, text.y), rows))
