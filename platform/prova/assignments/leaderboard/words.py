"""Names and units of what a leaderboard shows."""

import math
from collections.abc import Iterable
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


def shown(value: float, key: str, language: str, decimals: int | None = None) -> str:
    """Four significant digits, or as many decimals as asked, and the unit: "7.43×", "0,8 p.p."."""
    unit = str(UNITS.get(key, ""))
    space = "" if unit in _CLOSE or not unit else "\N{NO-BREAK SPACE}"
    return f"{digits(value, language, decimals)}{space}{unit}"


def digits(value: float, language: str, decimals: int | None = None) -> str:
    if decimals is None:
        return number(value, language)
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language.startswith("pt") else text


def decimals_of(values: Iterable[float]) -> int | None:
    """With which a column of these lines up, each with four significant digits at least. None: not as decimals."""
    found = 0
    for value in values:
        text = number(value, "en")
        if "e" in text:
            return None
        found = max(found, len(text.partition(".")[2]))
    return found


def rounded_up(amount: float) -> float:
    """Above zero, to two significant digits, and never less."""
    step = 10.0 ** (math.floor(math.log10(amount)) - 1)
    # What is whole but for rounding noise is not rounded up once more.
    return float(f"{math.ceil(amount / step - 1e-6) * step:.2g}")
