"""Which of the answers given to one question are kept, so that nobody fills a disk by saving. Pure.

The newest counts; those before it only tell how it came about.
"""

from collections.abc import Sequence
from datetime import datetime

#: Of one question of one attempt. Who answers by hand hardly comes near; an essay typed for an hour does.
MOST_KEPT = 100


def superfluous(saved_at: Sequence[datetime], most: int = MOST_KEPT) -> int | None:
    """The place of the answer to be dropped: the one whose neighbours are nearest to each other. None: all may stay.

    So the first and the newest stay, and the others come to lie evenly over the time. In the order they were saved.
    """
    if len(saved_at) <= most:
        return None
    return min(range(1, len(saved_at) - 1), key=lambda place: saved_at[place + 1] - saved_at[place - 1])
