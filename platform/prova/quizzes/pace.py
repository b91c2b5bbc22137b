"""How fast one person may save. Far above what hands can do, far below what would slow an exam down for the others.

Counted in memory by each process of the web server: a request that is turned away has not touched the paper, nor waited
for its row. Nothing is lost: the page keeps the answer and tries again, as without a connection.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

#: At once: a paper that was answered without a connection is saved when the connection is back, question by question.
BURST = 300
PER_SECOND = 6.0
#: Seconds between two notes that somebody was too fast; a note costs what a save does.
NOTED_EVERY_S = 10.0
MOST_PEOPLE = 10_000


@dataclass(frozen=True, kw_only=True)
class Allowance:
    left: float = BURST
    at: float  #: seconds of a clock that never goes back
    unnoted: int = 0  #: refusals nobody has written down yet
    noted_at: float = float("-inf")


def spend(allowance: Allowance, now: float) -> tuple[bool, Allowance]:
    """Whether one more request is within it, and what is left."""
    left = min(BURST, allowance.left + (now - allowance.at) * PER_SECOND)
    if left < 1:
        return False, replace(allowance, left=left, at=now, unnoted=allowance.unnoted + 1)
    return True, replace(allowance, left=left - 1, at=now)


def note(allowance: Allowance, now: float) -> tuple[int, Allowance]:
    """How many refusals are to be written down now; 0: not yet."""
    if now - allowance.noted_at < NOTED_EVERY_S:
        return 0, allowance
    return allowance.unnoted, replace(allowance, unnoted=0, noted_at=now)


class Pace:
    """Of everybody who saves here. For threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Allowance] = OrderedDict()
        self._lock = Lock()

    def allows(self, person: int, now: float) -> tuple[bool, int]:
        """Whether the request may go on; where not, how many refusals are to be written down."""
        with self._lock:
            is_allowed, allowance = spend(self._known.get(person, Allowance(at=now)), now)
            to_note, allowance = (0, allowance) if is_allowed else note(allowance, now)
            self._known[person] = allowance
            self._known.move_to_end(person)
            while len(self._known) > MOST_PEOPLE:
                self._known.popitem(last=False)
        return is_allowed, to_note
