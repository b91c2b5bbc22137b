"""Instructors let learners read how hidden checks failed, or stop it."""

from django.db import transaction

from prova.accounts.models import User
from prova.assignments.models import Assignment, HiddenDetailsDecision


@transaction.atomic
def decide_on_hidden_details(assignment: Assignment, instructor: User, *, shown: bool) -> bool:
    """False: it was decided so already, nothing is written. The caller has made sure that this is an instructor."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.hidden_details_shown == shown:
        return False
    HiddenDetailsDecision.objects.create(assignment=locked, shown=shown, decided_by=instructor)
    locked.hidden_details_shown = shown
    locked.save(update_fields=["hidden_details_shown"])
    return True
