"""What comes next while practising. Pure: `lot` breaks ties, and the same lot chooses the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Practised:
    """One answered turn."""

    question_id: int
    variant_id: int
    fraction: float


def next_question(candidates: Sequence[int], practised: Sequence[Practised], lot: int) -> int:
    """Of the candidates: one that was never practised; else one whose last answer was not right; else the one that was
    practised longest ago. Never the same twice in a row where there is another. `practised`: oldest first."""
    last = {turn.question_id: (place, turn.fraction) for place, turn in enumerate(practised)}
    latest = practised[-1].question_id if practised else None
    others = [each for each in candidates if each != latest] or list(candidates)
    new = [each for each in others if each not in last]
    if new:
        return _one_of(new, lot)
    wrong = [each for each in others if last[each][1] < 1]
    return min(wrong or others, key=lambda each: last[each][0])


def next_variant(variants: Sequence[int], practised: Sequence[Practised], lot: int) -> int:
    """One of those that were met least often, and not the last one again where there is another."""
    met = Counter(turn.variant_id for turn in practised)
    latest = practised[-1].variant_id if practised else None
    others = [each for each in variants if each != latest] or list(variants)
    least = min(met[each] for each in others)
    return _one_of([each for each in others if met[each] == least], lot)


def _one_of(choices: Sequence[T], lot: int) -> T:
    return choices[lot % len(choices)]
