"""How practising goes, topic by topic. Pure but for one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from prova.accounts.models import User
from prova.courses.models import Course
from prova.practice.models import PracticeTurn

#: Turns the chart shows.
SHOWN = 20
_READ = 2000
_STEP, _HEIGHT, _LEAST = 16, 40, 3


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    height: float
    verdict: str
    number: int


@dataclass(frozen=True)
class Progress:
    topic: str
    questions: int
    bars: tuple[Bar, ...]
    #: Of the turns shown.
    right: int

    @property
    def turns(self) -> int:
        return len(self.bars)

    @property
    def width(self) -> int:
        return SHOWN * _STEP

    @property
    def height(self) -> int:
        return _HEIGHT


def progress_of(topic: str, questions: int, fractions: Sequence[float]) -> Progress:
    """`fractions`: of all turns, oldest first. Every turn has fresh numbers, so each is a first try."""
    last = fractions[-SHOWN:]
    bars = tuple(_bar(place, fraction) for place, fraction in enumerate(last))
    return Progress(topic, questions, bars, right=sum(fraction >= 1 for fraction in last))


def _bar(place: int, fraction: float) -> Bar:
    height = max(_LEAST, round(fraction * _HEIGHT, 1))
    verdict = "right" if fraction >= 1 else "partly" if fraction > 0 else "wrong"
    return Bar(place * _STEP, _HEIGHT - height, height, verdict, place + 1)


def fractions_by_topic(person: User, course: Course) -> dict[str, list[float]]:
    """Oldest first. One query."""
    turns = PracticeTurn.objects.filter(learner=person, course=course, fraction__isnull=False)
    by_topic: dict[str, list[float]] = defaultdict(list)
    for topic, fraction in turns.order_by("-pk").values_list("topic", "fraction")[:_READ]:
        by_topic[topic].append(fraction or 0.0)
    return {topic: found[::-1] for topic, found in by_topic.items()}
