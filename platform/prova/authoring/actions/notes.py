from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.authoring.actions.locking import locked, refuse_unless_open
from prova.authoring.models import ReviewNote
from prova.authoring.refusals import Refused

MOST_CHARACTERS = 4000


@transaction.atomic
def add_note(draft_id: int, person: User, *, place: str, text: str) -> ReviewNote:
    """`place`: the name of a field of the form, or empty for the whole question. Raises Refused."""
    text = text.strip()
    if not text:
        raise Refused(_("The note is empty. Write what you noticed."))
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("A note has at most 4,000 characters. Shorten it, or write two."))
    draft = locked(draft_id)
    refuse_unless_open(draft)
    return ReviewNote.objects.create(
        draft=draft, place=place[:200], text=text, author=person, revision=draft.revision
    )


@transaction.atomic
def resolve_note(draft_id: int, note_id: int, person: User, *, is_resolved: bool = True) -> None:
    """Also opens it again; safe to repeat."""
    locked(draft_id)
    notes = ReviewNote.objects.filter(draft_id=draft_id, pk=note_id)
    if is_resolved:
        notes.filter(resolved_at=None).update(resolved_at=timezone.now(), resolved_by=person)
    else:
        notes.update(resolved_at=None, resolved_by=None)
