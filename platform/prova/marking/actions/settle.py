"""One answer's new score, and all that follows from it; within the caller's transaction."""

from prova.accounts.models import User
from prova.marking.actions.history import Before, change_of
from prova.marking.models import ChangeKind, Correction, MarkChange
from prova.quizzes.actions.scoring import record_grade, set_totals
from prova.quizzes.models import Attempt, AttemptItem


def locked_attempt(item_id: int) -> Attempt:
    """Raises AttemptItem.DoesNotExist. Everybody who changes a mark waits here for everybody else."""
    attempt = (
        Attempt.with_previews.select_for_update(no_key=True, of=("self",))
        .select_related("quiz", "learner")
        .filter(items=item_id)
        .first()
    )
    if attempt is None:
        raise AttemptItem.DoesNotExist
    return attempt


def settle(
    attempt: Attempt,
    item: AttemptItem,
    before: Before,
    kind: ChangeKind,
    *,
    by: User | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> MarkChange:
    """`attempt` is locked, `item` holds the new values, not saved yet."""
    item.save(update_fields=["score", "points", "outcome", "pending", "version", "variant"])
    change = change_of(item, before, kind, by=by, reason=reason, correction=correction)
    change.save(force_insert=True)
    set_totals(attempt, list(attempt.items.all()))
    attempt.save(update_fields=["score", "max_score", "pending_count"])
    record_grade(attempt, reason=f"{attempt}, question {item.position}: {kind}")
    return change
