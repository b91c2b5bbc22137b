"""What a page says of a submission until its report is there, and how soon it asks again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from prova.assignments.models import Heartbeat, State, Submission
from prova.assignments.place_in_line import position_of

_GRADERS = "graders"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    position: int  #: 1: next; 0: it is running
    is_stalled: bool  #: no grader has been heard of lately
    poll_ms: int
    token: str  #: equal tokens, equal pages


def waiting(submission: Submission, now: datetime | None = None) -> Waiting | None:
    """None: nothing is waited for."""
    if submission.is_final:
        return None
    now = now or timezone.now()
    position = 0 if submission.state == State.RUNNING else position_of(submission, now)
    age_s = (now - submission.created_at).total_seconds()
    stalled = age_s > 10 and not _graders_are_alive(now)
    poll_ms = poll_interval_ms(position, age_s)
    done = (submission.progress or {}).get("done", 0)
    token = f"{submission.state}-{submission.tries}-{done}-{position}-{int(stalled)}-{poll_ms}"
    return Waiting(position=position, is_stalled=stalled, poll_ms=poll_ms, token=token)


def poll_interval_ms(position: int, age_s: float) -> int:
    """Soon for whoever is next, rarely at the end of a long queue, where asking would only slow the graders down."""
    if position <= 2 and age_s < 4:
        return 120
    if position <= 4 and age_s < 20:
        return 400
    return 1000 if position <= 20 and age_s < 60 else 3000


def _graders_are_alive(now: datetime) -> bool:
    since = now - timedelta(seconds=settings.GRADING_LEASE_S)
    return Heartbeat.objects.filter(name=_GRADERS, beat_at__gt=since).exists()
