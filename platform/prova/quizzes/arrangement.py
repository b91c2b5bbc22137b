"""The order of a quiz's sections and places, as an instructor arranges it. Pure: keys in, keys out."""

from collections.abc import Sequence
from dataclasses import dataclass

#: one list of keys per section; the first stands before all sections
Order = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Spot:
    section: int  #: index into the order
    index: int  #: within the section


def spot_of(order: Order, key: str) -> Spot:
    """KeyError: not there."""
    for section, keys in enumerate(order):
        if key in keys:
            return Spot(section, keys.index(key))
    raise KeyError(key)


def moved(order: Order, key: str, to: Spot) -> Order:
    """`to.index` counts without the moved one; what lies outside goes to the nearest end."""
    without = [[each for each in keys if each != key] for keys in order]
    spot_of(order, key)
    section = min(max(to.section, 0), len(order) - 1)
    without[section].insert(min(max(to.index, 0), len(without[section])), key)
    return tuple(map(tuple, without))


def stepped(order: Order, key: str, step: int) -> Order:
    """One place up (-1) or down (+1); over a section's edge into the next section."""
    at = spot_of(order, key)
    index = at.index + step
    if index < 0:
        return moved(order, key, Spot(at.section - 1, len(order[at.section - 1]))) if at.section else order
    if index >= len(order[at.section]):
        return moved(order, key, Spot(at.section + 1, 0)) if at.section + 1 < len(order) else order
    return moved(order, key, Spot(at.section, index))


def swapped(keys: Sequence[int], key: int, step: int) -> list[int]:
    """Sections: one place up or down, within the list. ValueError: not there."""
    order = list(keys)
    at = order.index(key)
    to = min(max(at + step, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return order
