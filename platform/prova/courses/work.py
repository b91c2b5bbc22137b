"""What a learner has to do and has done, over quizzes and assignments alike: in which order, below which topic. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prova.assignments.prerequisites import Prerequisite
from prova.courses.learning_order import level_number
from prova.courses.models import Course
from prova.courses.topics import TOGETHER
from prova.gradebook.policies import Score
from prova.quizzes.models import Attempt


class WorkState(StrEnum):
    NOT_YET = "not_yet"  #: opens later
    NEW = "new"
    STARTED = "started"  #: an attempt is open, or something short of full marks was handed in
    DONE = "done"
    MISSED = "missed"  #: closed, nothing handed in


@dataclass(frozen=True, kw_only=True)
class Work:
    kind: str  #: "quiz" or "assignment"
    title: str
    url: str
    course: Course
    state: WorkState
    topic: str  #: empty: of several topics
    opens_at: datetime | None
    closes_at: datetime | None
    grade: Score | None  #: None: nothing graded, or not to be shown yet
    is_provisional: bool = False  #: an answer is still to be marked
    start_until: datetime | None = None  #: who has begun by then may go on
    open_attempt: Attempt | None = None
    #: of an exercise
    level: str = ""
    prerequisites: tuple[Prerequisite, ...] = ()
    is_locked: bool = False
    has_leaderboard: bool = False

    @property
    def is_due(self) -> bool:
        return self.state in {WorkState.NEW, WorkState.STARTED}

    @property
    def last_start(self) -> datetime | None:
        """While that is what counts: nothing was begun yet."""
        return self.start_until if self.state is WorkState.NEW else None

    @property
    def ends_at(self) -> datetime | None:
        """What comes first of the last start, where it counts, and closing."""
        return min(filter(None, (self.last_start, self.closes_at)), default=None)

    @property
    def is_ready(self) -> bool:
        """It can be worked on, and everything that it builds on is done."""
        return self.is_due and all(each.is_done for each in self.prerequisites)


@dataclass(frozen=True)
class TopicWork:
    topic: str
    works: Sequence[Work]

    @property
    def done(self) -> int:
        return sum(work.state is WorkState.DONE for work in self.works)

    @property
    def quizzes(self) -> list[Work]:
        return [work for work in self.works if work.kind == "quiz"]

    @property
    def levels(self) -> list[tuple[str, list[Work]]]:
        """Its exercises, from the easiest level on."""
        exercises = [work for work in self.works if work.kind != "quiz"]
        names = sorted({work.level for work in exercises}, key=level_number)
        return [(level, [work for work in exercises if work.level == level]) for level in names]


def due_first(works: Iterable[Work]) -> list[Work]:
    """What can be worked on now: the nearest end first, what has no end last, else in the course's order."""
    due = [work for work in works if work.is_due]
    return sorted(due, key=lambda work: work.ends_at.timestamp() if work.ends_at else math.inf)


def by_topic(works: Iterable[Work]) -> list[TopicWork]:
    """In the order they first appear; quizzes of several topics come first, exercises that use them all come last."""
    topics: dict[str, list[Work]] = {"": []}
    for work in works:
        topics.setdefault(work.topic, []).append(work)
    if TOGETHER in topics:
        topics[TOGETHER] = topics.pop(TOGETHER)
    return [TopicWork(topic, works) for topic, works in topics.items() if works]


def main_topic(topics: Sequence[str]) -> str:
    """The topic of more than half; empty when there is none."""
    (topic, count), *_rest = Counter(topics).most_common(1) or [("", 0)]
    return topic if count * 2 > len(topics) else ""


def next_exercises(works: Iterable[Work]) -> list[Work]:
    """The easiest ones that are ready, what was begun first."""
    ready = [work for work in works if work.kind == "assignment" and work.is_ready]
    return sorted(ready, key=lambda work: (work.state is not WorkState.STARTED, level_number(work.level)))


def topic_of_exercise(topics: Sequence[str]) -> str:
    """The first; with more than two it brings them together."""
    return topics[0] if 0 < len(topics) <= 2 else TOGETHER


def untouched(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> WorkState:
    if opens_at is not None and opens_at > now:
        return WorkState.NOT_YET
    return WorkState.MISSED if closes_at is not None and closes_at <= now else WorkState.NEW
