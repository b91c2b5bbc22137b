"""What changes quizzes and attempts; each verb is one transaction.

Saving, flagging and submitting lock the attempt's row, so that an answer is either in before the attempt is scored,
or refused.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.courses.models import Enrolment
from prova.gradebook.actions import record_score
from prova.gradebook.policies import Counts, Score
from prova.quizzes.drawing import SEED_BITS, draw, item_seed
from prova.quizzes.models import Attempt, AttemptItem, Quiz, Response
from prova.quizzes.refusals import AttemptOver, NoAttemptsLeft, NotOpen
from prova.quizzes.responses import newest_responses
from questionbank.items import ParseProblem
from questionbank.models import Variant
from questionbank.questions import item_of

#: An answer given in the last second may arrive a little later.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True)
class Saved:
    item: AttemptItem
    response: Response
    #: why the answer could not be understood; it is kept as typed, and earns nothing as it stands
    problem: ParseProblem | None


@transaction.atomic
def start_attempt(quiz: Quiz, learner: User, now: datetime | None = None) -> Attempt:
    """The learner's open attempt, or a new one. Raises NotOpen, NoAttemptsLeft."""
    now = now or timezone.now()
    # One start at a time per learner and course; the constraint one_open_attempt is the last resort.
    Enrolment.objects.select_for_update(no_key=True).get(course_id=quiz.course_id, user=learner)
    attempts = list(Attempt.objects.filter(quiz=quiz, learner=learner).order_by("number"))
    if attempts and attempts[-1].is_open:
        current = submit_if_overdue(attempts[-1].pk, now)
        if current.is_open:
            return current
    if not quiz.is_open(now):
        raise NotOpen
    if quiz.attempts_allowed is not None and len(attempts) >= quiz.attempts_allowed:
        raise NoAttemptsLeft
    return _new_attempt(quiz, learner, number=len(attempts) + 1, now=now)


def _new_attempt(quiz: Quiz, learner: User, *, number: int, now: datetime) -> Attempt:
    quiz_items = list(quiz.items.order_by("position"))
    seed = secrets.randbits(SEED_BITS)
    attempt = Attempt.objects.create(
        quiz=quiz,
        learner=learner,
        number=number,
        seed=seed,
        started_at=now,
        deadline_at=_deadline(quiz, now),
        max_score=sum(item.points for item in quiz_items),
    )
    variants = _variants_by_version([item.version_id for item in quiz_items])
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            quiz_item=item,
            version_id=item.version_id,
            variant_id=draw(variants[item.version_id], item_seed(seed, position)),
            position=position,
            seed=item_seed(seed, position),
            points=item.points,
        )
        for position, item in enumerate(quiz_items, start=1)
    )
    return attempt


def _variants_by_version(versions: Sequence[int]) -> dict[int, list[int]]:
    variants: dict[int, list[int]] = {version: [] for version in versions}
    rows = Variant.objects.filter(version__in=versions).order_by("number").values_list("version_id", "pk")
    for version, variant in rows:
        variants[version].append(variant)
    return variants


def _deadline(quiz: Quiz, now: datetime) -> datetime | None:
    limit = now + timedelta(seconds=quiz.time_limit_s) if quiz.time_limit_s is not None else None
    ends = [end for end in (limit, quiz.closes_at) if end is not None]
    return min(ends, default=None)


@transaction.atomic
def save_response(
    attempt_id: int, item_id: int, raw: Sequence[str], *, language: str, now: datetime | None = None
) -> Saved:
    """Keep an answer as given. Saying the same twice keeps it once. Raises AttemptOver, AttemptItem.DoesNotExist."""
    now = now or timezone.now()
    _lock_for_answers(attempt_id, now)
    item = AttemptItem.objects.select_related("version", "variant").get(attempt_id=attempt_id, pk=item_id)
    newest = newest_responses([item.pk]).get(item.pk)
    shown_in = item.language or language
    parsed = item_of(item.version, item.variant).parse({"answer": list(raw)}, language=shown_in)
    problem = parsed if isinstance(parsed, ParseProblem) else None
    if newest is not None and newest.raw == list(raw):
        return Saved(item, newest, problem)
    response = Response.objects.create(
        attempt_item=item,
        value=None if isinstance(parsed, ParseProblem) else parsed,
        raw=list(raw),
        language=shown_in,
        saved_at=now,
    )
    return Saved(item, response, problem)


@transaction.atomic
def flag_item(attempt_id: int, item_id: int, is_flagged: bool, now: datetime | None = None) -> AttemptItem:
    """Raises AttemptOver, AttemptItem.DoesNotExist."""
    return _change_item(attempt_id, item_id, now, is_flagged=is_flagged)


@transaction.atomic
def show_item_in(attempt_id: int, item_id: int, language: str, now: datetime | None = None) -> AttemptItem:
    """Raises AttemptOver, AttemptItem.DoesNotExist."""
    return _change_item(attempt_id, item_id, now, language=language)


def _change_item(attempt_id: int, item_id: int, now: datetime | None, **change: bool | str) -> AttemptItem:
    _lock_for_answers(attempt_id, now or timezone.now())
    item = AttemptItem.objects.select_related("version", "variant").get(attempt_id=attempt_id, pk=item_id)
    for field, value in change.items():
        setattr(item, field, value)
    item.save(update_fields=list(change))
    return item


def _lock_for_answers(attempt_id: int, now: datetime) -> Attempt:
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt_id)
    if not attempt.is_open or is_overdue(attempt, now):
        raise AttemptOver
    return attempt


def is_overdue(attempt: Attempt, now: datetime) -> bool:
    return attempt.is_open and attempt.deadline_at is not None and attempt.deadline_at + GRACE <= now


@transaction.atomic
def submit_attempt(attempt_id: int, now: datetime | None = None) -> Attempt:
    """Score every answer and record the grade. Submitting twice changes nothing."""
    attempt = (
        Attempt.objects.select_for_update(no_key=True, of=("self",)).select_related("quiz").get(pk=attempt_id)
    )
    return _close(attempt, now or timezone.now())


@transaction.atomic
def submit_if_overdue(attempt_id: int, now: datetime | None = None) -> Attempt:
    now = now or timezone.now()
    attempt = (
        Attempt.objects.select_for_update(no_key=True, of=("self",)).select_related("quiz").get(pk=attempt_id)
    )
    return _close(attempt, now) if is_overdue(attempt, now) else attempt


def submit_overdue_attempts(now: datetime | None = None, at_most: int = 200) -> int:
    """For the sweeper: submit what its learner left to the clock. Each attempt is a transaction of its own."""
    now = now or timezone.now()
    overdue = Attempt.objects.filter(submitted_at__isnull=True, deadline_at__lte=now - GRACE)
    ids = list(overdue.order_by("deadline_at").values_list("pk", flat=True)[:at_most])
    return sum(not submit_if_overdue(attempt, now).is_open for attempt in ids)


def _close(attempt: Attempt, now: datetime) -> Attempt:
    if not attempt.is_open:
        return attempt
    attempt.is_timed_out = attempt.deadline_at is not None and attempt.deadline_at <= now
    attempt.submitted_at = min(now, attempt.deadline_at) if attempt.deadline_at else now
    attempt.score = sum(item.score or 0.0 for item in _score_items(attempt))
    attempt.save(update_fields=["is_timed_out", "submitted_at", "score"])
    _record_grade(attempt)
    return attempt


def _score_items(attempt: Attempt) -> list[AttemptItem]:
    items = list(attempt.items.select_related("version", "variant"))
    newest = newest_responses([item.pk for item in items])
    for item in items:
        response = newest.get(item.pk)
        outcome = item_of(item.version, item.variant).score(response.value if response else None)
        item.score = outcome.fraction * item.points
        item.outcome = asdict(outcome)
    AttemptItem.objects.bulk_update(items, ["score", "outcome"])
    return items


def _record_grade(attempt: Attempt) -> None:
    over = Attempt.objects.filter(
        quiz_id=attempt.quiz_id, learner_id=attempt.learner_id, submitted_at__isnull=False
    ).order_by("number")
    scores = [Score(score or 0.0, maximum) for score, maximum in over.values_list("score", "max_score")]
    record_score(
        attempt.learner, scores, counts=Counts(attempt.quiz.counts), reason=str(attempt), quiz=attempt.quiz
    )
