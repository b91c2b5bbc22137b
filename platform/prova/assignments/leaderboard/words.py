"""Names and units of what a leaderboard shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grader.messages import number
from prova.assignments.leaderboard.result import POINTS_SHARE

#: heading of a column; what is not in here is shown by its key
NAMES: dict[str, Any] = {
    "compression_ratio": _("Compression ratio"),
    "accuracy_points": _("Accuracy"),
    "accuracy_drop_points": _("Loss of accuracy"),
    "sparsity": _("Sparsity"),
    "sqnr_db": _("Signal to quantization noise"),
    "mse": _("Mean squared error"),
    "cpu_time_ratio": _("CPU time over the baseline's"),
    POINTS_SHARE: _("Share of the points, in tenths"),
}
#: behind a number; a percentage point has a sign of its own in each language
UNITS: dict[str, Any] = {
    "compression_ratio": "×",
    "accuracy_points": "%",
    "accuracy_drop_points": _("pp"),
    "sqnr_db": "dB",
    "cpu_time_ratio": "×",
    POINTS_SHARE: "%",
}
_CLOSE = {"×"}  #: stand without a space


def name_of(key: str) -> str:
    return str(NAMES.get(key, key.replace("_", " ").capitalize()))


def name_with_unit(key: str) -> str:
    """For an axis."""
    unit = str(UNITS.get(key, ""))
    return f"{name_of(key)} ({unit})" if unit else name_of(key)


def shown(value: float, key: str, language: str) -> str:
    """Four significant digits and the unit: "7.43×", "0,8 p.p."."""
    unit = str(UNITS.get(key, ""))
    space = "" if unit in _CLOSE or not unit else "\N{NO-BREAK SPACE}"
    return f"{number(value, language)}{space}{unit}"
