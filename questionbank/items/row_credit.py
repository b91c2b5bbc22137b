"""What answering several rows earns. A row left open earns nothing and costs nothing."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class RowTally:
    rows: int
    right: int
    wrong: int
    #: Choices every row has; at least 2.
    choices: int


def all_or_nothing(tally: RowTally) -> float:
    return float(tally.right == tally.rows)


def every_decision(tally: RowTally) -> float:
    return tally.right / tally.rows


def net_correct(tally: RowTally) -> float:
    """A wrong row costs 1 / (choices - 1) of a right one: what guessing all rows is expected to earn is nothing."""
    return max(0.0, (tally.right - tally.wrong / (tally.choices - 1)) / tally.rows)


ROW_RULES: dict[str, Callable[[RowTally], float]] = {
    "all_or_nothing": all_or_nothing,
    "every_decision": every_decision,
    "net_correct": net_correct,
}
