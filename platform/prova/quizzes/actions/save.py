"""What a learner changes while an attempt is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prova.quizzes.actions.locking import goes_one_way, item_on_page, item_to_answer, lock_for_answers
from prova.quizzes.history import MOST_KEPT, superfluous
from prova.quizzes.models import Attempt, AttemptItem, FeedbackPolicy, Response
from prova.quizzes.refusals import NothingToCheck, SavedElsewhere
from prova.quizzes.saving import NOTHING_KNOWN, Base, Decision, Stored, decide
from questionbank.items import Marking, ParseProblem
from questionbank.questions import item_of


@dataclass(frozen=True)
class Saved:
    item: AttemptItem
    response: Response
    #: why the answer could not be understood; it is kept as typed, and earns nothing as it stands
    problem: ParseProblem | None


@transaction.atomic
def save_response(
    attempt_id: int,
    item_id: int,
    raw: Sequence[str],
    *,
    language: str,
    now: datetime | None = None,
    base: Base = NOTHING_KNOWN,
    admit: Callable[[Attempt], None] = lambda attempt: None,
) -> Saved:
    """Keep an answer as given. Saying the same twice keeps it once. `admit` refuses an attempt by raising.

    Raises Attempt.DoesNotExist, AttemptOver, AttemptItem.DoesNotExist, PageNotOpen, ItemChecked, SavedElsewhere.
    """
    now = now or timezone.now()
    asked = item_to_answer(lock_for_answers(attempt_id, now, admit), item_id)
    item, newest = asked.item, asked.newest
    shown_in = item.language or language
    bound = item_of(item.version, item.variant)
    if bound.needs_marking is Marking.NONE:  # longer than any right answer; long texts are refused in words
        raw = [text[: bound.max_answer_chars] for text in raw]
    parsed = bound.parse({"answer": list(raw)}, language=shown_in)
    problem = parsed if isinstance(parsed, ParseProblem) else None
    decision = decide(_stored(newest), tuple(raw), base)
    if newest is not None and decision is Decision.CONFLICT:
        raise SavedElsewhere(item, newest)
    if newest is not None and decision is not Decision.WRITE:
        return Saved(item, newest, problem)
    response = Response.objects.create(
        attempt_item=item,
        value=None if isinstance(parsed, ParseProblem) else parsed,
        raw=list(raw),
        language=shown_in,
        saved_at=now,
        tab=base.tab,
        tab_counter=base.tab_counter,
    )
    if asked.kept >= MOST_KEPT:
        _thin_out(item)
    return Saved(item, response, problem)


def _thin_out(item: AttemptItem) -> None:
    history = list(item.responses.order_by("pk").values_list("pk", "saved_at"))
    place = superfluous([saved_at for _pk, saved_at in history])
    if place is not None:
        Response.objects.filter(pk=history[place][0]).delete()


def _stored(newest: Response | None) -> Stored | None:
    if newest is None:
        return None
    return Stored(id=newest.pk, raw=tuple(newest.raw), tab=newest.tab, tab_counter=newest.tab_counter)


@transaction.atomic
def check_item(attempt_id: int, item_id: int, now: datetime | None = None) -> AttemptItem:
    """From now on the learner may see the item's feedback, so its answer stays. Checking twice changes nothing.

    Raises AttemptOver, AttemptItem.DoesNotExist, PageNotOpen, NothingToCheck.
    """
    now = now or timezone.now()
    attempt = lock_for_answers(attempt_id, now)
    asked = item_on_page(attempt, item_id)
    item, response = asked.item, asked.newest
    bound = item_of(item.version, item.variant)
    is_answered = response is not None and response.value is not None and not bound.is_blank(response.value)
    if attempt.quiz.feedback_policy != FeedbackPolicy.AT_ONCE or not is_answered:
        raise NothingToCheck
    if item.checked_at is None:
        item.checked_at = now
        item.save(update_fields=["checked_at"])
    return item


@transaction.atomic
def turn_page(attempt_id: int, left: int, now: datetime | None = None) -> Attempt:
    """Go on from page `left`, where there is no way back; from another page nothing happens. Raises AttemptOver."""
    attempt = lock_for_answers(attempt_id, now or timezone.now())
    pages = attempt.items.order_by("-page").values_list("page", flat=True).first() or 1
    if goes_one_way(attempt.quiz) and attempt.page == left < pages:
        attempt.page += 1
        attempt.save(update_fields=["page"])
    return attempt


@transaction.atomic
def flag_item(attempt_id: int, item_id: int, is_flagged: bool, now: datetime | None = None) -> AttemptItem:
    """Raises AttemptOver, AttemptItem.DoesNotExist, PageNotOpen."""
    return _change_item(attempt_id, item_id, now, is_flagged=is_flagged)


@transaction.atomic
def show_item_in(attempt_id: int, item_id: int, language: str, now: datetime | None = None) -> AttemptItem:
    """Raises AttemptOver, AttemptItem.DoesNotExist, PageNotOpen."""
    return _change_item(attempt_id, item_id, now, language=language)


def _change_item(attempt_id: int, item_id: int, now: datetime | None, **change: bool | str) -> AttemptItem:
    item = item_on_page(lock_for_answers(attempt_id, now or timezone.now()), item_id).item
    for field, value in change.items():
        setattr(item, field, value)
    item.save(update_fields=list(change))
    return item
