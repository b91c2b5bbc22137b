"""What choosing several options earns, from five counts. `c` keys, `t` of them chosen, `w` wrong ones chosen, `m` options."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    options: int
    keys: int
    right_chosen: int
    wrong_chosen: int

    @property
    def chosen(self) -> int:
        return self.right_chosen + self.wrong_chosen


def all_or_nothing(tally: Tally) -> float:
    return float(tally.right_chosen == tally.keys and tally.wrong_chosen == 0)


def net_correct(tally: Tally) -> float:
    return max(0.0, (tally.right_chosen - tally.wrong_chosen) / tally.keys)


def coverage(tally: Tally) -> float:
    """The share of the keys found times the share of the choices that are keys."""
    return (tally.right_chosen / tally.keys) * (tally.right_chosen / tally.chosen) if tally.chosen else 0.0


def every_decision(tally: Tally) -> float:
    """Each option is a true/false decision; the caller gives a blank answer nothing."""
    left_out_rightly = tally.options - tally.keys - tally.wrong_chosen
    return (tally.right_chosen + left_out_rightly) / tally.options


RULES: dict[str, Callable[[Tally], float]] = {
    "all_or_nothing": all_or_nothing,
    "net_correct": net_correct,
    "coverage": coverage,
    "every_decision": every_decision,
}
#: The author writes on each option what choosing it adds.
FRACTIONS = "fractions"
DEFAULT_RULE = "net_correct"


def sum_of_fractions(chosen: list[float]) -> float:
    # 1/3 written three times as 0.33333 is meant to be all of it
    total = sum(chosen)
    return 1.0 if abs(total - 1) < 1e-4 else min(1.0, max(0.0, total))
