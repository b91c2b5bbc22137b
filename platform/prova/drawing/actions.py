"""What changes a request to draw, as verbs. Each is one transaction and may be killed at any line."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from grader.draw_job import DrawJob, DrawOutcome, DrawReport
from prova.accounts.models import User
from prova.assignments.broker import BrokerUnreachable
from prova.drawing.broker import send_draw_job
from prova.drawing.models import OPEN_STATES, DrawRequest, DrawState
from prova.drawing.reports import must_fit
from questionbank.definition import QuestionDefinition
from questionbank.draw_fingerprint import draw_fingerprint

log = logging.getLogger(__name__)

Send = Callable[[DrawJob], None]
_BATCH = 50


@transaction.atomic
def ask_to_draw(
    draft_id: int, revision: int, question: QuestionDefinition, person: User, *, again: bool = False
) -> DrawRequest:
    """Asking twice asks once. What failed is tried anew, and with `again` also what was drawn."""
    fingerprint = draw_fingerprint(question)
    fields = {"revision": revision, "question": question.to_json(), "requested_by": person}
    DrawRequest.objects.get_or_create(draft_id=draft_id, fingerprint=fingerprint, defaults=fields)
    request = DrawRequest.objects.select_for_update().get(draft_id=draft_id, fingerprint=fingerprint)
    if request.state == DrawState.FAILED or (again and not request.is_open):
        for name, value in fields.items():
            setattr(request, name, value)
        request.tries = 0
        _begin(request)
        request.requested_at = request.due_at
        request.save()
    if request.is_open:
        transaction.on_commit(send_or_leave_it_to_the_sweeper)
    return request


def send_or_leave_it_to_the_sweeper() -> None:
    try:
        send_waiting()
    except Exception:  # whatever it is, the request is stored
        log.warning("what waits to be drawn is left to the sweeper", exc_info=True)


@transaction.atomic
def send_waiting(send: Send = send_draw_job, now: datetime | None = None) -> int:
    """The number of jobs sent. Killed between sending and writing it down, one is sent twice, which changes nothing."""
    now = now or timezone.now()
    waiting = DrawRequest.objects.filter(state=DrawState.WAITING, sent_at__isnull=True, due_at__lte=now)
    sent = 0
    for request in waiting.select_for_update(skip_locked=True).order_by("due_at", "pk")[:_BATCH]:
        try:
            send(_job(request))
        except BrokerUnreachable as error:
            log.warning("the broker takes no messages: %s", error)
            break
        request.sent_at, request.deadline_at = now, now + _lease(request.sendings)
        request.sendings += 1
        request.save(update_fields=["sent_at", "deadline_at", "sendings"])
        sent += 1
    return sent


def _job(request: DrawRequest) -> DrawJob:
    return DrawJob(
        request_id=request.pk,
        nonce=str(request.nonce),
        question=request.question,
        seed=request.question["id"],  # as of a question file, so that both ways publish the same
    )


@transaction.atomic
def note_started(message: Mapping[str, Any]) -> bool:
    """A worker begins. Only beginnings are counted as tries: one that waits in a long queue has not failed."""
    request = _locked(message.get("request_id"), message.get("nonce"))
    if request is None:
        return False
    request.tries += 1
    if request.tries > settings.GRADING_TRIES:
        _give_up(request, "every worker that began fell silent")
    else:
        request.state = DrawState.RUNNING
        request.deadline_at = timezone.now() + _lease()
    request.save()
    return True


@transaction.atomic
def record_drawing(message: Mapping[str, Any]) -> bool:
    """Compare-and-set on the try's nonce. False: late, a second time, or about nothing we know."""
    request = _locked(message.get("request_id"), message.get("nonce"))
    if request is None:
        return False
    try:
        report = DrawReport.from_message(message)
        must_fit(report, QuestionDefinition.from_json(request.question))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        _try_again_or_give_up(request, f"a report that cannot be: {error}")
        return True
    if report.outcome is DrawOutcome.SYSTEM_ERROR:
        _try_again_or_give_up(request, report.failure)
        return True
    request.state = _state_after(report)
    request.drawn = {"variants": list(report.variants), "redraws": list(report.redraws)}
    request.problem, request.profile = dict(report.problem), report.profile[:8]
    request.failure, request.ended_at, request.deadline_at = "", timezone.now(), None
    request.save()
    return True


def _state_after(report: DrawReport) -> DrawState:
    if report.outcome is DrawOutcome.DRAWN:
        return DrawState.DRAWN
    # without a sandbox it is the operator's turn, and whoever asks after that is drawn for
    return DrawState.FAILED if report.problem["key"] == "no_sandbox" else DrawState.REFUSED


def sweep_draws(now: datetime | None = None, send: Send = send_draw_job) -> int:
    """For the sweeper: what was lost is sent again. The number of jobs sent."""
    now = now or timezone.now()
    overdue = DrawRequest.objects.filter(state__in=OPEN_STATES, sent_at__isnull=False, deadline_at__lt=now)
    for pk in list(overdue.order_by("deadline_at").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            request = overdue.select_for_update(skip_locked=True).filter(pk=pk).first()
            if request is not None:
                _expire(request)
    return send_waiting(send, max(now, timezone.now()))


def _expire(request: DrawRequest) -> None:
    if request.state == DrawState.RUNNING:
        _try_again_or_give_up(request, "the worker fell silent while drawing")
    else:  # lost, or no worker is there: sent once more with the same nonce, and no try is counted
        request.sent_at = request.deadline_at = None
        request.due_at = timezone.now()
        request.save(update_fields=["sent_at", "deadline_at", "due_at"])


def _try_again_or_give_up(request: DrawRequest, why: str) -> None:
    log.error("%s: %s", request, why)
    request.failure = why
    if request.tries >= settings.GRADING_TRIES:
        _give_up(request, why)
    else:
        _begin(request)
        transaction.on_commit(send_or_leave_it_to_the_sweeper)
    request.save()


def _begin(request: DrawRequest) -> None:
    """A new nonce: whatever still runs under the old one can report, and changes nothing."""
    request.nonce = uuid4()
    request.state = DrawState.WAITING
    request.sendings = 0
    request.due_at = timezone.now()
    request.sent_at = request.deadline_at = request.ended_at = None
    request.drawn, request.problem = {}, {}


def _give_up(request: DrawRequest, why: str) -> None:
    request.state, request.failure = DrawState.FAILED, why
    request.problem = {"key": "site_failed", "params": {}}
    request.ended_at, request.deadline_at = timezone.now(), None


def _locked(request_id: object, nonce: object) -> DrawRequest | None:
    """The open request whose current try this is."""
    if type(request_id) is not int or not 0 < request_id < 2**63 or not isinstance(nonce, str):
        return None
    try:
        asked = UUID(nonce)
    except ValueError:
        return None
    return (
        DrawRequest.objects.select_for_update()
        .filter(pk=request_id, nonce=asked, state__in=OPEN_STATES)
        .first()
    )


def _lease(earlier_sendings: int = 0) -> timedelta:
    """Longer each time the same try is sent: nobody answers, so asking faster does not help."""
    return timedelta(seconds=settings.GRADING_LEASE_S * 2 ** min(earlier_sendings, 4))
