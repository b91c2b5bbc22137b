"""When to start a child again that has ended."""

from dataclasses import dataclass

FIRST_S, LONGEST_S = 0.1, 30.0
#: Every part of a site is at work within seconds. What died later was no failed start but an accident, and people wait.
STEADY_S = 10.0


@dataclass(frozen=True)
class Backoff:
    """Doubles with every early death; a child that ran for STEADY_S starts from the beginning."""

    deaths: int = 0

    def after(self, ran_s: float) -> "Backoff":
        return Backoff(1 if ran_s >= STEADY_S else self.deaths + 1)

    @property
    def delay_s(self) -> float:
        return min(LONGEST_S, FIRST_S * 2.0 ** max(0, self.deaths - 1)) if self.deaths else 0.0
