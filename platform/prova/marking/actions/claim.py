"""Who is about to mark an answer: said to the others, so that two people do not do the same work."""

from datetime import datetime, timedelta

from prova.accounts.models import User
from prova.marking.models import Claim
from prova.quizzes.models import AttemptItem

#: Longer than one answer takes; who is called away keeps nobody waiting.
LASTS = timedelta(minutes=5)


def claim(item: AttemptItem, marker: User, now: datetime) -> Claim | None:
    """None: it is theirs now. A claim: somebody else's, still going on; nothing was written."""
    until = now + LASTS
    found = Claim.objects.select_related("marker").filter(attempt_item=item).first()
    if found is None:
        # Of two at the same moment one is written; the other marker learns of it when the page is opened again.
        made = Claim(attempt_item=item, marker=marker, since=now, until=until)
        Claim.objects.bulk_create([made], ignore_conflicts=True)
        return None
    is_theirs = found.marker_id == marker.pk
    if not is_theirs and found.until > now:
        return found
    since = found.since if is_theirs and found.until > now else now
    same = Claim.objects.filter(pk=found.pk, marker=found.marker_id)
    same.update(marker=marker, since=since, until=until)
    return None


def give_up_claim(item: AttemptItem, marker: User) -> None:
    Claim.objects.filter(attempt_item=item, marker=marker).delete()
