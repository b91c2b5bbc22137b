"""When a number counts as the key. Every boundary is included."""

import math
from decimal import Decimal

from questionbank.definition import ToleranceDefinition

#: Floats cannot hold 7.7 - 7 <= 0.7; an answer on the boundary must still count.
RELATIVE_EPSILON = 1e-12

KINDS = ("absolute", "relative", "decimal_places", "significant_digits", "interval", "geometric")


def accepts(tolerance: ToleranceDefinition, key: float, answer: float) -> bool:
    low, high = accepted_range(tolerance, key)
    epsilon = RELATIVE_EPSILON * max(abs(low), abs(high), abs(answer))
    return low - epsilon <= answer <= high + epsilon


def accepted_range(tolerance: ToleranceDefinition, key: float) -> tuple[float, float]:
    """The least and the greatest accepted number."""
    if tolerance.kind == "interval":
        if tolerance.low is None or tolerance.high is None:
            raise ValueError("an interval needs low and high")
        return tolerance.low, tolerance.high
    if tolerance.kind == "geometric":
        ends = key / (1 + tolerance.value), key * (1 + tolerance.value)
        return min(*ends, key - tolerance.floor), max(*ends, key + tolerance.floor)
    margin = _margin(tolerance, key)
    return key - margin, key + margin


def _margin(tolerance: ToleranceDefinition, key: float) -> float:
    if tolerance.kind == "absolute":
        return tolerance.value
    if tolerance.kind == "relative":
        return max(tolerance.value * abs(key), tolerance.floor)
    if tolerance.kind == "decimal_places":
        return _half_unit(-int(tolerance.value))
    if tolerance.kind == "significant_digits":
        if key == 0:
            return tolerance.floor
        return _half_unit(math.floor(math.log10(abs(key))) - int(tolerance.value) + 1)
    raise ValueError(f"no such tolerance: {tolerance.kind}")


def _half_unit(exponent: int) -> float:
    """Half of the last digit that counts: what rounding to it may change."""
    return float(Decimal(5).scaleb(exponent - 1))


def needs_floor(tolerance: ToleranceDefinition, key: float) -> bool:
    """A share of nothing is nothing: a key of zero would accept only zero itself."""
    return (
        key == 0
        and tolerance.floor == 0
        and tolerance.kind in ("relative", "significant_digits", "geometric")
    )


def decimals_to_show(tolerance: ToleranceDefinition, key: float) -> int | None:
    """The least number of decimals at which the printed key is itself accepted, and near its middle.

    None: print it as it is.
    """
    low, high = accepted_range(tolerance, key)
    room = min(key - low, high - key)
    if tolerance.kind == "decimal_places":
        return int(tolerance.value)
    if float(key).is_integer() or room <= 0:
        return None
    written = -int(Decimal(repr(key)).normalize().as_tuple().exponent)  # 2.25 stays 2.25, never 2.2500
    return max(0, min(written, math.ceil(-math.log10(room) - 1e-9) + 1))
