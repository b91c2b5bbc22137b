from __future__ import annotations

from questionbank.drawings import svg
from questionbank.drawings.frame import Frame
from questionbank.drawings.numbers import DrawingProblem, Numbers
from questionbank.drawings.plot import RIGHT, TOP, Plot, Table, axes, vertical_marks
from questionbank.drawings.scale import Scale, Tick
from questionbank.pictures import ImageText
from questionbank.rendering.numbers import format_number

ROW, BELOW = 26.0, 40.0
#: Room for the names, in units of the view box a letter takes, and at most half of the picture.
LETTER, LEAST_ROOM, MOST_ROOM = 6.2, 40.0, 190.0
MOST_BARS = 24


def draw_bars(numbers: Numbers, text: ImageText, language: str) -> Plot:
    """Lying bars from above: `values`; `names`, or `labels` in every language; `log: true`; `marks` as vertical lines.

    A place in it is (value, number of the bar from 1).
    """
    numbers.only("values", "names", "log", "marks")
    values, is_log = numbers.many("values"), numbers.flag("log")
    names = list(text.labels) or numbers.words("names") or [str(i + 1) for i in range(len(values))]
    marks = numbers.many("marks", 0, optional=True)
    if len(values) > MOST_BARS:
        raise DrawingProblem(f"{len(values)} bars", f"at most {MOST_BARS} can be read")
    if len(names) != len(values):
        raise DrawingProblem(f"{len(names)} names for {len(values)} bars", "name each bar once")
    if min(values) < 0 or (is_log and min(values) == 0):
        raise DrawingProblem("a bar is negative, or zero on a logarithmic axis", "write its length")
    frame = _frame(values, names, is_log)
    parts = [axes(frame, language, text.x, "", names=_names(frame, names))]
    for number, value in enumerate(values, start=1):
        length = max(frame.across.at(value) - frame.across.start, 1.5 if value else 0.0)
        y = frame.up.at(number) - ROW / 2 + 4
        parts.append(svg.rectangle(frame.across.start, y, length, ROW - 8, "chart__bar"))
    parts.append(vertical_marks(frame, marks))
    rows = tuple((name, format_number(value, language)) for name, value in zip(names, values, strict=True))
    return Plot(frame, "".join(parts), Table((text.y, text.x), rows))


def _frame(values: list[float], names: list[str], is_log: bool) -> Frame:
    left = min(max(LEAST_ROOM, 10 + LETTER * max(map(len, names))), MOST_ROOM)
    bottom = TOP + ROW * len(values)
    # Where the axis began at the least value, its bar would have no length.
    ends = [min(values) * 0.9, *values] if is_log else [0.0, max(*values, 1e-12)]
    return Frame(
        400.0,
        bottom + BELOW,
        Scale.over(ends, left, RIGHT - 4, is_log=is_log),
        Scale(0.5, len(values) + 0.5, TOP, bottom, is_whole=True),
    )


def _names(frame: Frame, names: list[str]) -> tuple[Tick, ...]:
    return tuple(Tick(frame.up.at(number), name) for number, name in enumerate(names, start=1))
