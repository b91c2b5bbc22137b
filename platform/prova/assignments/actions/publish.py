"""Outbox to broker: whose turn it is, and no more than the graders take soon."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from grader.job import GradingJob
from prova.assignments.broker import BrokerUnreachable, send_job
from prova.assignments.line import in_order, read_backlog, read_sent, read_waiting, unsent
from prova.assignments.models import OPEN_STATES, EventKind, OutboxMessage, Submission, SubmissionEvent
from prova.assignments.window import room

log = logging.getLogger(__name__)

Send = Callable[[GradingJob], None]

#: any number of our own; PostgreSQL frees it with the transaction, however that ends
_LOCK = 7_112_035_402


def publish_waiting(send: Send = send_job, now: datetime | None = None) -> int:
    """Fill the broker up. The number of jobs sent; 0 also when somebody else is at it, who will not overlook ours.

    BrokerUnreachable: what was sent before is written down, the rest waits.
    """
    sent = 0
    while unsent(now or timezone.now()).exists():
        done = _publish_some(send, now or timezone.now())
        sent += done.sent
        if not done.may_go_on:
            break
    return sent


def publish_or_leave_it_to_the_sweeper() -> None:
    """After the commit of whatever made a job wait or a grader free."""
    try:
        publish_waiting()
    except Exception:  # whatever it is, the jobs are stored and the sweeper will send them
        log.warning("what waits is left to the sweeper", exc_info=True)


@dataclass(frozen=True, kw_only=True)
class _Done:
    sent: int = 0
    #: False: there is no room, or somebody else is at it. Otherwise one has to look again once the lock is free, since
    #: whoever came meanwhile found it taken and left.
    may_go_on: bool


def _publish_some(send: Send, now: datetime) -> _Done:
    failure: BrokerUnreachable | None = None
    with transaction.atomic():
        if not _we_have_the_lock():
            return _Done(may_go_on=False)
        chosen = _choose(now)
        if chosen is None:
            return _Done(may_go_on=True)
        messages = _lock(chosen)
        sent: list[OutboxMessage] = []
        for message in messages:
            try:
                if _is_current(message):
                    send(grading_job(message.submission))
            except BrokerUnreachable as error:
                failure = error
                break
            except Exception:
                _postpone(message)
            else:
                sent.append(message)
        # Sent and then not written down (we died in between) means sent twice, which the graders' second report
        # survives; written down and then not sent would mean lost.
        _write_down(sent)
    if failure:
        raise failure
    return _Done(sent=len(sent), may_go_on=bool(messages))


def _we_have_the_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _choose(now: datetime) -> list[int] | None:
    """Messages in the order to send them, as many as there is room for. None: nothing waits."""
    live = read_waiting(now, regrades=False)
    waiting = live or read_waiting(now, regrades=True)
    if not waiting:
        return None
    sent = read_sent()
    free = room(read_backlog(sent, now), for_regrades=not live)
    return [each.message for each in in_order(waiting, sent)[:free]] if free else []


def _lock(chosen: Sequence[int]) -> list[OutboxMessage]:
    rows = (
        OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("submission__exercise", "submission__shadow_of")
        .filter(pk__in=chosen, sent_at__isnull=True)
    )
    return sorted(rows, key=lambda message: chosen.index(message.pk))


def _postpone(message: OutboxMessage) -> None:
    """A mistake of ours in this one: the operator's turn, and nobody behind it is to wait for that."""
    log.exception("the job of submission %s could not be sent", message.submission_id)
    message.due_at = timezone.now() + lease()
    message.save(update_fields=["due_at"])


def _is_current(message: OutboxMessage) -> bool:
    return not message.submission.is_final and message.submission.nonce == message.nonce


def grading_job(submission: Submission) -> GradingJob:
    handed_in = submission.shadow_of or submission
    return GradingJob(
        submission_id=submission.pk,
        nonce=str(submission.nonce),
        exercise=submission.exercise.slug,
        exercise_version=submission.exercise.version,
        source=handed_in.source,
        modules=handed_in.upload.get("modules", {}),
        seed=handed_in.seed,
    )


def _write_down(sent: Sequence[OutboxMessage]) -> None:
    """Start the leases. A fast grader may already have reported: then there is nothing left to lease."""
    if not sent:
        return
    earlier = Counter(
        OutboxMessage.objects.filter(
            submission__in=[message.submission_id for message in sent], sent_at__isnull=False
        ).values_list("submission_id", "nonce")
    )
    now = timezone.now()
    events = []
    for number, message in enumerate(sent):
        if not _is_current(message):
            continue
        at = now + timedelta(microseconds=number)  # rows tell the order in which they were sent
        before = earlier[message.submission_id, message.nonce]
        Submission.with_shadows.filter(
            pk=message.submission_id, nonce=message.nonce, state__in=OPEN_STATES
        ).update(published_at=at, deadline_at=at + lease(before))
        first = message.submission.tries == 1 and before == 0
        events.append(
            SubmissionEvent(
                submission=message.submission,
                kind=EventKind.PUBLISHED if first else EventKind.REPUBLISHED,
                nonce=message.nonce,
                at=at,
            )
        )
    OutboxMessage.objects.filter(pk__in=[message.pk for message in sent]).update(sent_at=now)
    SubmissionEvent.objects.bulk_create(events)


def lease(earlier_publications: int = 0) -> timedelta:
    """Longer each time a message of the same try is sent: nobody answers, so asking faster does not help."""
    return timedelta(seconds=settings.GRADING_LEASE_S * 2 ** min(earlier_publications, 4))
