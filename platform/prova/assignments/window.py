"""How many jobs the broker should hold. Pure.

What is in the broker can no longer be overtaken by whoever has a better claim; what is not in it cannot be taken by a
grader that is free. So it holds what the graders take in about a second, as measured by what they took lately: more of
them, or quicker jobs, and it holds more, without anybody counting graders.
"""

from dataclasses import dataclass

#: more than the graders of one small machine take at once: whoever becomes free finds a job there
AT_LEAST, REGRADES_AT_LEAST = 4, 2
#: a regrade is in no hurry, and every job of it in the broker would delay live work
AHEAD_S, REGRADES_AHEAD_S = 1.0, 0.25
#: Silence this long, with as many in the broker as are allowed: perhaps it has lost them, so one more is sent to see.
PATIENCE_S = 10.0


@dataclass(frozen=True, kw_only=True)
class Backlog:
    unstarted: int  #: in the broker, as far as we know
    started_per_s: float  #: lately
    silent_s: float  #: since a job was last sent


def room(backlog: Backlog, *, for_regrades: bool = False) -> int:
    """How many more to send now."""
    least, ahead_s = (REGRADES_AT_LEAST, REGRADES_AHEAD_S) if for_regrades else (AT_LEAST, AHEAD_S)
    window = max(least, round(backlog.started_per_s * ahead_s))
    if backlog.unstarted < window:
        return window - backlog.unstarted
    # The more there are already, the longer the silence has to be: a night without graders fills no broker.
    return 1 if backlog.silent_s >= PATIENCE_S * backlog.unstarted / window else 0
