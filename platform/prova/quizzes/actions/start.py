import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.courses.models import Enrolment
from prova.quizzes.actions.submit import submit_if_overdue
from prova.quizzes.drawing import SEED_BITS, draw, item_seed
from prova.quizzes.models import Attempt, AttemptItem, Quiz
from prova.quizzes.refusals import NoAttemptsLeft, NotOpen
from questionbank.models import Variant


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
