"""What an order earns. `places` holds the place given to each step, the steps in their right order; None is an open step."""

from collections.abc import Callable, Sequence
from itertools import combinations

Places = Sequence[int | None]


def pairs(places: Places) -> float:
    """The share of the pairs of steps whose earlier step was put earlier."""
    return _in_order(places) / _pairs(places)


def net_pairs(places: Places) -> float:
    """Kendall's tau, never below 0: a pair the wrong way round costs what a right one earns, so guessing gains nothing."""
    return max(0.0, (_in_order(places) - _in_order(places[::-1])) / _pairs(places))


def right_places(places: Places) -> float:
    return sum(place == right for right, place in enumerate(places, start=1)) / len(places)


def all_or_nothing(places: Places) -> float:
    return float(right_places(places) == 1)


ORDER_RULES: dict[str, Callable[[Places], float]] = {
    "pairs": pairs,
    "net_pairs": net_pairs,
    "places": right_places,
    "all_or_nothing": all_or_nothing,
}


def _in_order(places: Places) -> int:
    """Two steps at one place are in no order, nor is a step left open."""
    return sum(
        first is not None and second is not None and first < second
        for first, second in combinations(places, 2)
    )


def _pairs(places: Places) -> int:
    return len(places) * (len(places) - 1) // 2
