"""Whether an answer that arrives may take the place of the one that is stored. Pure.

Two tabs, a retry after a lost reply and requests that overtake each other must never silently undo a newer answer.
"""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    WRITE = "write"
    SAME = "same"  #: says what is stored already
    STALE = "stale"  #: an older save of the same tab, overtaken on its way: what is stored stays
    CONFLICT = "conflict"  #: another tab or device saved in between: the learner chooses


@dataclass(frozen=True, kw_only=True)
class Stored:
    id: int
    raw: tuple[str, ...]
    tab: str = ""
    tab_counter: int | None = None


@dataclass(frozen=True, kw_only=True)
class Base:
    """What the page that saves knows. A page without a script knows nothing, and compares by itself."""

    response_id: int | None = None  #: the newest response it saw; 0: it saw none; None: it does not say
    tab: str = ""  #: its own name, made when it was opened
    tab_counter: int | None = None  #: counts its saves of this item


NOTHING_KNOWN = Base()


def decide(stored: Stored | None, raw: tuple[str, ...], base: Base = NOTHING_KNOWN) -> Decision:
    if stored is None:
        return Decision.WRITE
    if _is_same_tab(stored, base):
        return _among_own(stored, raw, base)
    if stored.raw == raw:
        return Decision.SAME
    if base.response_id is None or base.response_id == stored.id:
        return Decision.WRITE
    return Decision.CONFLICT


def _is_same_tab(stored: Stored, base: Base) -> bool:
    return bool(base.tab) and base.tab == stored.tab and None not in (base.tab_counter, stored.tab_counter)


def _among_own(stored: Stored, raw: tuple[str, ...], base: Base) -> Decision:
    before, now = stored.tab_counter or 0, base.tab_counter or 0
    if now == before or (now == before + 1 and stored.raw == raw):
        return Decision.SAME if stored.raw == raw else Decision.STALE
    # A gap means that another save of this tab is still under way: the row says that it is older.
    return Decision.WRITE if now > before else Decision.STALE
