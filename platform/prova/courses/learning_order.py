"""In which order exercises are best done: prerequisites first, then easier ones, then as given. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.exercise import LEVELS


@dataclass(frozen=True, kw_only=True)
class Step:
    slug: str
    level: str = ""
    prerequisites: Sequence[str] = ()


def in_learning_order(steps: Iterable[Step]) -> list[Step]:
    """Prerequisites that are not among the steps do not count; a circle is entered where it is easiest."""
    left = list(steps)
    ordered: list[Step] = []
    while left:
        waiting = {step.slug for step in left}
        ready = [step for step in left if not waiting & set(step.prerequisites)] or left
        chosen = min(ready, key=lambda step: level_number(step.level))
        left.remove(chosen)
        ordered.append(chosen)
    return ordered


def level_number(level: str) -> int:
    """What has no level stands first."""
    return LEVELS.index(level) + 1 if level in LEVELS else 0
