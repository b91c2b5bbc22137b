"""What a measured number is worth: the curve of the points, where the number stands on it, and how sure it is."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from grader.messages import number
from grader.metric import Metric
from prova.assignments.drawings.axis import Axis, Tick, line_through

WIDTH, HEIGHT = 400, 190
LEFT, RIGHT, TOP, BOTTOM = 48, 388, 14, 146
#: of the axis; what is not in here is shown by its key
NAMES: dict[str, Any] = {
    "compression_ratio": _("compression ratio (times smaller)"),
    "accuracy_points": _("accuracy (%)"),
    "accuracy_drop_points": _("loss of accuracy (percentage points)"),
    "sparsity": _("sparsity (share of weights that are zero)"),
    "sqnr_db": _("signal to quantization noise (dB)"),
    "mse": _("mean squared error"),
    "cpu_time_ratio": _("CPU time (times the baseline's)"),
}


@dataclass(frozen=True, kw_only=True)
class Corner:
    value: str
    percent: str


@dataclass(frozen=True, kw_only=True)
class PointsCurve:
    name: Any  #: translated when shown
    value: str
    low: str
    high: str
    is_exact: bool
    curve: str  #: path
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    value_x: str
    counted_x: str  #: of the end of the band that counts
    counted_y: str
    band_x: str
    band_width: str
    corners: tuple[Corner, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    plot_height: int = BOTTOM - TOP
    middle_x: int = (LEFT + RIGHT) // 2
    middle_y: int = (TOP + BOTTOM) // 2


def draw_points_curve(metric: Metric, share: float, language: str) -> PointsCurve | None:
    """`share`: of the points, that were given, 0 … 1. None: the number is worth nothing by itself."""
    if len(metric.curve) < 2:
        return None
    values = [value for value, _share in metric.curve]
    rises = metric.curve[-1][1] > metric.curve[0][1]
    counted = metric.high if rises else metric.low  # of what is not sure, the better end
    across = Axis.over((*values, metric.low, metric.high), LEFT, RIGHT, margin=0.06)
    up = Axis(0.0, 100.0, BOTTOM, TOP)
    corners = [(across.low, metric.curve[0][1]), *metric.curve, (across.high, metric.curve[-1][1])]
    return PointsCurve(
        name=NAMES.get(metric.key, metric.key.replace("_", " ")),
        value=number(metric.value, language),
        low=number(metric.low, language),
        high=number(metric.high, language),
        is_exact=metric.is_exact,
        curve=line_through((across.at(value), up.at(100 * share)) for value, share in corners),
        x_ticks=across.ticks(language),
        y_ticks=up.ticks(language, most=4),
        value_x=f"{across.at(metric.value):.1f}",
        counted_x=f"{across.at(counted):.1f}",
        counted_y=f"{up.at(100 * share):.1f}",
        band_x=f"{across.at(metric.low):.1f}",
        band_width=f"{max(across.at(metric.high) - across.at(metric.low), 1.0):.1f}",
        corners=tuple(
            Corner(value=number(value, language), percent=number(round(100 * share, 1), language))
            for value, share in metric.curve
        ),
    )
