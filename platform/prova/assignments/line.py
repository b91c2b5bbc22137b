"""The line of jobs as the database has it: what waits, what the graders have, who had a turn. Only reads.

Everything is counted from rows each time; there is no counter that a killed process could leave wrong.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from prova.assignments.fair_order import QueuedJob, Turns, fair_order
from prova.assignments.models import OPEN_STATES, OutboxMessage, State, Submission
from prova.assignments.window import Backlog

#: over which the graders' pace is measured
_LATELY = timedelta(seconds=10)
#: jobs sent together may start in another order; beyond that, whoever was overtaken is lost or in a dead grader's hands
_OVERTAKEN_AFTER = timedelta(seconds=5)
#: of what was started, what was sent longer ago than this says nothing about the pace or about who was overtaken
_RECENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Waiting:
    job: QueuedJob
    message: int  #: the outbox row to be sent
    since: datetime


@dataclass(frozen=True)
class Sent:
    """A job that the graders have, or the broker for them."""

    course: int
    learner: int
    is_regrade: bool
    is_started: bool
    at: datetime


def unsent(now: datetime) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(sent_at__isnull=True, due_at__lte=now)


def read_waiting(now: datetime, *, regrades: bool) -> list[Waiting]:
    rows = unsent(now).filter(submission__shadow_of__isnull=not regrades)
    values = rows.order_by("pk").values_list(
        "pk",
        "submission_id",
        "submission__assignment__course_id",
        "submission__learner_id",
        "submission__created_at",
    )
    latest = {
        number: Waiting(
            QueuedJob(number=number, course=course, learner=learner, is_regrade=regrades), message, since
        )
        for message, number, course, learner, since in values
    }
    return list(latest.values())


def read_sent() -> list[Sent]:
    rows = Submission.with_shadows.filter(state__in=OPEN_STATES, published_at__isnull=False)
    values = rows.order_by("published_at").values_list(
        "assignment__course_id", "learner_id", "shadow_of_id", "state", "published_at"
    )
    return [
        Sent(course, learner, shadow_of is not None, state != State.QUEUED, at)
        for course, learner, shadow_of, state, at in values
        if at is not None
    ]


def read_backlog(sent: Iterable[Sent], now: datetime) -> Backlog:
    started = Submission.with_shadows.filter(published_at__gt=now - _RECENT, started_at__isnull=False)
    newest_started = started.aggregate(newest=Max("published_at"))["newest"]
    in_broker = [each.at for each in sent if not each.is_started]
    if newest_started is not None:
        in_broker = [at for at in in_broker if at > newest_started - _OVERTAKEN_AFTER]
    lately = started.filter(started_at__gt=now - _LATELY).count()
    return Backlog(
        unstarted=len(in_broker),
        started_per_s=lately / _LATELY.total_seconds(),
        silent_s=(now - max(in_broker)).total_seconds() if in_broker else 0.0,
    )


def in_order(waiting: Sequence[Waiting], sent: Iterable[Sent]) -> list[Waiting]:
    """Of one kind of work. Turns from before the oldest of these began to wait are forgotten."""
    if len(waiting) < 2:
        return list(waiting)
    regrades = waiting[0].job.is_regrade
    last = _last_turns(min(each.since for each in waiting), regrades)
    under_way = Counter((each.course, each.learner) for each in sent if each.is_regrade is regrades)
    for each in sent:
        if each.is_regrade is regrades:
            known = last.get((each.course, each.learner), each.at)
            last[each.course, each.learner] = max(known, each.at)
    turns = [
        Turns(
            course=party[0],
            learner=party[1],
            is_regrade=regrades,
            under_way=under_way[party],
            last_at=at.timestamp(),
        )
        for party, at in last.items()
    ]
    found = {each.job: each for each in waiting}
    return [found[job] for job in fair_order(found, turns)]


def _last_turns(since: datetime, regrades: bool) -> dict[tuple[int, int], datetime]:
    rows = Submission.with_shadows.filter(published_at__gte=since, shadow_of__isnull=not regrades)
    found = rows.order_by().values_list("assignment__course_id", "learner_id").annotate(Max("published_at"))
    return {(course, learner): at for course, learner, at in found}
