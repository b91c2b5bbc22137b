"""What every student of an exam does when. Pure; the same plan for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from benchmarks.exam.diagnosis import Phase


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One student's exam. Seconds are counted from when the doors open."""

    student: str  #: username
    signs_in_s: float
    starts_s: float
    answers_s: tuple[float, ...]
    submits_s: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    students: int
    seconds: float = 120  #: from the first start to the last submission
    #: people arrive before an exam begins; what a password costs must not be paid in the exam's first seconds
    sign_in_within_s: float = 60
    start_within_s: float = 10
    pause_s: float = 5  #: between two answers, on average
    submit_within_s: float = 30  #: at the end
    seed: int = 0

    def phases(self) -> list[Phase]:
        starts_end = self.sign_in_within_s + self.start_within_s
        end = self.sign_in_within_s + self.seconds
        answered = max(starts_end, end - self.submit_within_s)
        phases = [
            Phase("while people sign in", 0, self.sign_in_within_s),
            Phase("of the start storm", self.sign_in_within_s, starts_end),
            Phase("while people answer", starts_end, answered),
            Phase("while people submit", answered, end),
        ]
        return [phase for phase in phases if phase.from_s < phase.to_s]

    def names(self) -> list[str]:
        return [f"exam-{number:04}" for number in range(self.students)]

    def sittings(self) -> list[Sitting]:
        draw = random.Random(self.seed)
        return [self._sitting(name, draw) for name in self.names()]

    def _sitting(self, name: str, draw: random.Random) -> Sitting:
        begin = self.sign_in_within_s
        starts = begin + draw.uniform(0, self.start_within_s)
        submits = begin + self.seconds - draw.uniform(0, self.submit_within_s)
        answers = tuple(self._answers(starts, submits, draw))
        return Sitting(
            student=name,
            signs_in_s=draw.uniform(0, self.sign_in_within_s),
            starts_s=starts,
            answers_s=answers,
            submits_s=submits,
        )

    def _answers(self, starts: float, submits: float, draw: random.Random) -> Iterator[float]:
        """Thinking takes exponentially distributed time: many answers soon after another, a few after a long pause."""
        at = starts
        for _ in count():
            at += draw.expovariate(1 / self.pause_s)
            if at >= submits:
                return
            yield at
