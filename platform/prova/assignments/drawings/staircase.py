"""A quantizer's staircase beside the expected one, and both errors below."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.messages import number
from grader.picture import Staircase
from prova.assignments.drawings.axis import Axis, Tick, line_through

WIDTH, HEIGHT = 400, 330
LEFT, RIGHT = 48, 392
TOP, MIDDLE = 12, 186  #: of the staircase
ERROR_TOP, BOTTOM = 210, 296
_TABLE_ROWS = 12
_DOTS_BELOW = 40  #: so few points are drawn one by one


@dataclass(frozen=True, kw_only=True)
class Row:
    x: str
    expected: str
    got: str
    error: str


@dataclass(frozen=True, kw_only=True)
class StaircaseDrawing:
    expected: str  #: paths
    got: str
    expected_error: str
    got_error: str
    dots: tuple[tuple[str, str], ...]
    farthest: str  #: of the values that leave the drawing; "": none does
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    error_ticks: tuple[Tick, ...]
    zero_y: int
    band_y: int | None  #: of half a step to both sides; None: the step is not known
    band_height: int
    rows: tuple[Row, ...]
    left_out: int
    template: str = "assignments/pictures/_staircase.html"
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    middle: int = MIDDLE
    bottom: int = BOTTOM
    plot_width: int = RIGHT - LEFT
    middle_x: int = (LEFT + RIGHT) // 2
    middle_y: int = (TOP + MIDDLE) // 2
    middle_error_y: int = (ERROR_TOP + BOTTOM) // 2


def draw_staircase(picture: Staircase, language: str) -> StaircaseDrawing:
    across = Axis.over(picture.x, LEFT, RIGHT)
    up = Axis.over(_near(picture.got, picture.expected), MIDDLE, TOP, margin=0.06)
    errors = {
        "got": [value - x for value, x in zip(picture.got, picture.x, strict=True)],
        "expected": [value - x for value, x in zip(picture.expected, picture.x, strict=True)],
    }
    half = (picture.step or 0.0) / 2
    error = Axis.over(
        _near(errors["got"], (*errors["expected"], half, -half)), BOTTOM, ERROR_TOP, margin=0.06
    )

    def path(values: Sequence[float], axis: Axis) -> str:
        return line_through((across.at(x), axis.at(y)) for x, y in zip(picture.x, values, strict=True))

    few = len(picture.x) < _DOTS_BELOW
    points = zip(picture.x, picture.got, strict=True) if few else ()
    return StaircaseDrawing(
        expected=path(picture.expected, up),
        got=path(picture.got, up),
        expected_error=path(errors["expected"], error),
        got_error=path(errors["got"], error),
        dots=tuple((str(across.at(x)), str(up.at(y))) for x, y in points),
        farthest=_farthest_outside(picture.got, up, language),
        x_ticks=across.ticks(language),
        y_ticks=up.ticks(language),
        error_ticks=error.ticks(language, most=4),
        zero_y=round(error.at(0.0)),
        band_y=round(error.at(half)) if half else None,
        band_height=round(error.at(-half) - error.at(half)),
        rows=_rows(picture, language),
        left_out=picture.left_out,
    )


def _near(got: Sequence[float], expected: Sequence[float]) -> list[float]:
    """What the axis is for: the expected values, and others that are not so far off that nothing else could be seen."""
    low, high = min(expected), max(expected)
    room = (high - low) or 1.0
    return [*expected, *(min(max(value, low - room), high + room) for value in got)]


def _farthest_outside(got: Sequence[float], up: Axis, language: str) -> str:
    outside = [value for value in got if not up.low <= value <= up.high]
    return number(max(outside, key=abs), language) if outside else ""


def _rows(picture: Staircase, language: str) -> tuple[Row, ...]:
    """A few points; where the two differ, only such."""
    points = list(zip(picture.x, picture.expected, picture.got, strict=True))
    shown = [point for point in points if point[1] != point[2]] or points
    count = min(_TABLE_ROWS, len(shown))
    picked = [shown[round(i * (len(shown) - 1) / max(count - 1, 1))] for i in range(count)]
    return tuple(
        Row(
            x=number(x, language),
            expected=number(expected, language),
            got=number(got, language),
            error=number(got - x, language),
        )
        for x, expected, got in picked
    )
