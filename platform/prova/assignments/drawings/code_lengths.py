"""A bar of bits for each symbol's code word, with a mark where -log2 of its probability lies."""

from dataclasses import dataclass

from grader.messages import number
from grader.picture import CodeLengths
from prova.assignments.drawings.axis import Axis, Tick

WIDTH, LEFT, RIGHT, TOP = 400, 92, 384, 8
ROW = 20


@dataclass(frozen=True, kw_only=True)
class Row:
    symbol: str
    probability: str
    length: str
    ideal: str
    y: int  #: of the bar's upper edge
    text_y: int
    bar: str  #: its width
    mark_x: str
    mark_end: int


@dataclass(frozen=True, kw_only=True)
class CodeLengthsDrawing:
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: int
    bottom: int
    left_out: int
    template: str = "assignments/pictures/_code_lengths.html"
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    middle_x: int = (LEFT + RIGHT) // 2


def draw_code_lengths(picture: CodeLengths, language: str) -> CodeLengthsDrawing:
    across = Axis(0.0, max(*picture.lengths, *picture.ideal_lengths, 1.0), LEFT, RIGHT)
    columns = zip(picture.symbols, picture.probabilities, picture.lengths, picture.ideal_lengths, strict=True)
    rows = tuple(
        Row(
            symbol=symbol,
            probability=number(p, language),
            length=number(bits, language),
            ideal=number(round(ideal, 2), language),
            y=TOP + ROW * index + 3,
            text_y=TOP + ROW * index + 14,
            bar=f"{across.at(bits) - LEFT:.1f}",
            mark_x=f"{across.at(ideal):.1f}",
            mark_end=TOP + ROW * index + ROW - 1,
        )
        for index, (symbol, p, bits, ideal) in enumerate(columns)
    )
    bottom = TOP + ROW * len(rows) + 2
    return CodeLengthsDrawing(
        rows=rows,
        ticks=across.ticks(language),
        height=bottom + 38,
        bottom=bottom,
        left_out=picture.left_out,
    )
