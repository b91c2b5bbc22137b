from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prova.quizzes.actions.locking import item_to_answer, lock_for_answers
from prova.quizzes.hints import taken_hints
from prova.quizzes.models import AttemptItem, HintTaken


@transaction.atomic
def take_hint(attempt_id: int, item_id: int, number: int, now: datetime | None = None) -> AttemptItem:
    """Take the hint with this number, which was read to be the next one; for good. Taking it twice takes it once, and
    a number that is not the next one takes none: a second click, or a request sent again, never pays for another.

    Raises AttemptOver, AttemptItem.DoesNotExist, PageNotOpen, ItemChecked.
    """
    now = now or timezone.now()
    item = item_to_answer(lock_for_answers(attempt_id, now), item_id).item
    taken = taken_hints([item]).get(item.pk, 0)
    if number == taken + 1 and number <= len(item.version.content.get("hints", ())):
        HintTaken.objects.create(attempt_item=item, number=number, taken_at=now)
    return item
