from __future__ import annotations

from questionbank.drawings import svg
from questionbank.drawings.frame import Frame
from questionbank.drawings.numbers import DrawingProblem, Numbers
from questionbank.drawings.plot import Plot, Table
from questionbank.drawings.scale import Scale
from questionbank.pictures import ImageText
from questionbank.rendering.numbers import format_number

EDGE, WIDEST_CELL, MOST_SIDE = 28.0, 46.0, 16


def draw_matrix(numbers: Numbers, text: ImageText, language: str) -> Plot:
    """`values` row by row, `columns` in each; zeros are drawn pale. A place in it is (column, row), both from 1."""
    numbers.only("values", "columns")
    values = numbers.many("values")
    columns = numbers.whole("columns", 1, 1, MOST_SIDE)
    rows, left_over = divmod(len(values), columns)
    if left_over or rows > MOST_SIDE:
        raise DrawingProblem(
            f"{len(values)} values in rows of {columns}", f"fill every row, of at most {MOST_SIDE}"
        )
    cell = min(WIDEST_CELL, (400.0 - EDGE - 4) / columns)
    tall = min(cell, 34.0)
    frame = Frame(
        400.0,
        EDGE + tall * rows + 6,
        Scale(0.5, columns + 0.5, EDGE, EDGE + cell * columns, is_whole=True),
        Scale(0.5, rows + 0.5, EDGE, EDGE + tall * rows, is_whole=True),
    )
    parts = [svg.text(str(c), frame.across.at(c), EDGE - 8, "chart__middle") for c in range(1, columns + 1)]
    parts += [svg.text(str(r), EDGE - 8, frame.up.at(r) + 4, "chart__end") for r in range(1, rows + 1)]
    for index, value in enumerate(values):
        x, y = frame.place(index % columns + 1, index // columns + 1)
        kind = "chart__cell" if value else "chart__cell chart__cell--zero"
        parts.append(svg.rectangle(x - cell / 2 + 1, y - tall / 2 + 1, cell - 2, tall - 2, kind))
        parts.append(svg.text(format_number(value, language), x, y + 4, "chart__count"))
    return Plot(frame, "".join(parts), _table(values, columns, language))


def _table(values: list[float], columns: int, language: str) -> Table:
    shown = [format_number(value, language) for value in values]
    rows = [shown[start : start + columns] for start in range(0, len(shown), columns)]
    return Table(
        ("", *(str(column) for column in range(1, columns + 1))),
        tuple((str(number), *row) for number, row in enumerate(rows, start=1)),
    )
