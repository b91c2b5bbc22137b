"""Who took a quiz, with what score, and how the questions did."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prova.accounts.models import User
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Attempt, Quiz
from prova.teaching.figures import share
from prova.teaching.listing import Column, Sorting, matches
from prova.teaching.people import sort_name


class Standing(TextChoices):
    """How far a learner is with a quiz."""

    NOT_STARTED = "not_started", _("Not started")
    OPEN = "open", _("Under way")
    SUBMITTED = "submitted", _("Submitted")


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One learner's row."""

    learner: User
    attempts: tuple[Attempt, ...]  #: in their order
    grade: GradebookEntry | None

    @property
    def standing(self) -> Standing:
        if not self.attempts:
            return Standing.NOT_STARTED
        return Standing.OPEN if self.attempts[-1].is_open else Standing.SUBMITTED

    @property
    def share(self) -> float | None:
        return share(self.grade.points, self.grade.max_points) if self.grade else None

    @property
    def time_taken(self) -> timedelta | None:
        """Of the last finished attempt."""
        times = [time_taken(attempt) for attempt in self.attempts if attempt.submitted_at]
        return times[-1] if times else None

    @property
    def last_seen_at(self) -> datetime | None:
        if not self.attempts:
            return None
        return self.attempts[-1].submitted_at or self.attempts[-1].started_at


def time_taken(attempt: Attempt) -> timedelta | None:
    return attempt.submitted_at - attempt.started_at if attempt.submitted_at else None


COLUMNS = (
    Column(name="learner", title=_("Student")),
    Column(name="standing", title=_("State")),
    Column(name="score", title=_("Score that counts"), is_number=True),
    Column(name="attempts", title=_("Attempts")),
    Column(name="time", title=_("Time taken"), is_number=True),
    Column(name="last", title=_("Last change")),
)
_KEYS: Mapping[str, Callable[[Sitting], Any]] = {
    "learner": lambda sitting: sort_name(sitting.learner),
    "standing": lambda sitting: list(Standing).index(sitting.standing),
    "score": lambda sitting: sitting.share,
    "attempts": lambda sitting: len(sitting.attempts),
    "time": lambda sitting: sitting.time_taken,
    "last": lambda sitting: sitting.last_seen_at,
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    query: str = ""
    standing: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "Filters":
        standing = parameters.get("state", "")
        return cls(
            query=parameters.get("q", "").strip(),
            standing=standing if standing in Standing.values else "",
        )

    def admits(self, sitting: Sitting) -> bool:
        learner = sitting.learner
        fits = matches(self.query, learner.name(), learner.get_username())
        return fits and (not self.standing or sitting.standing == self.standing)


def sittings_of(quiz: Quiz, learners: Sequence[User]) -> list[Sitting]:
    """One per learner, also for those who have not begun; two queries."""
    attempts: defaultdict[int, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(quiz=quiz).order_by("learner_id", "number"):
        attempts[attempt.learner_id].append(attempt)
    grades = {grade.learner_id: grade for grade in GradebookEntry.objects.filter(quiz=quiz)}
    return [
        Sitting(learner=learner, attempts=tuple(attempts[learner.pk]), grade=grades.get(learner.pk))
        for learner in learners
    ]


def arranged(sittings: Sequence[Sitting], filters: Filters, sorting: Sorting) -> list[Sitting]:
    return sorting.apply([sitting for sitting in sittings if filters.admits(sitting)], _KEYS)


def standings(sittings: Sequence[Sitting]) -> Counter[Standing]:
    return Counter(sitting.standing for sitting in sittings)
