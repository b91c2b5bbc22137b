"""What an answer is worth after hints were taken."""

from collections.abc import Iterable


def after_hints(fraction: float, costs: Iterable[float]) -> float:
    """`fraction` less the shares of the points the hints cost. Hints take away what is earned and no more: they make
    no fraction negative, and change none that is 0 or already negative."""
    if fraction <= 0:
        return fraction
    # three hints of 1/3 leave nothing, not a rounding error
    left = round(fraction - sum(costs), 12)
    return min(fraction, max(0.0, left))
