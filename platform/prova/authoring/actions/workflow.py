from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.authoring.actions.locking import go_to, locked, refuse_unless_open, refuse_unless_read
from prova.authoring.models import Draft, DraftState
from prova.authoring.refusals import Refused


def may_review(draft: Draft, person: User) -> bool:
    """Whoever has written in the draft does not review it, unless the site lets authors review themselves."""
    if settings.AUTHORS_REVIEW_THEMSELVES:
        return True
    return draft.author_id != person.pk and not draft.revisions.filter(saved_by=person).exists()


@transaction.atomic
def ask_for_review(draft_id: int, person: User, *, revision: int) -> Draft:
    draft = locked(draft_id)
    refuse_unless_open(draft)
    refuse_unless_read(draft, revision)
    if draft.state in (DraftState.DRAFT, DraftState.CHANGES_ASKED):
        go_to(draft, DraftState.IN_REVIEW, person)
    return draft


@transaction.atomic
def approve(draft_id: int, person: User, *, revision: int) -> Draft:
    """Raises Refused: by an author of the draft, or the text on the reviewer's screen is not the newest."""
    draft = _reviewed_by(draft_id, person, revision)
    if draft.state == DraftState.REVIEWED:
        return draft
    if draft.notes.filter(resolved_at=None).exists():
        raise Refused(_("There are open notes. Resolve them, or ask for changes."))
    go_to(draft, DraftState.REVIEWED, person)
    return draft


@transaction.atomic
def ask_for_changes(draft_id: int, person: User, *, revision: int, reason: str) -> Draft:
    draft = _reviewed_by(draft_id, person, revision)
    if not reason.strip() and not draft.notes.filter(resolved_at=None).exists():
        raise Refused(_("Say what should change: in a note, or in a sentence here."))
    go_to(draft, DraftState.CHANGES_ASKED, person, reason)
    return draft


def _reviewed_by(draft_id: int, person: User, revision: int) -> Draft:
    draft = locked(draft_id)
    refuse_unless_open(draft)
    refuse_unless_read(draft, revision)
    if not may_review(draft, person):
        raise Refused(_("You wrote in this draft, so somebody else reviews it."))
    if draft.state not in (DraftState.IN_REVIEW, DraftState.REVIEWED):
        raise Refused(_("Nobody has asked for a review of this draft yet."))
    return draft


@transaction.atomic
def put_away(draft_id: int, person: User) -> Draft:
    """Nothing is deleted: `reopen` brings it back."""
    draft = locked(draft_id)
    if draft.is_open:
        go_to(draft, DraftState.DISCARDED, person)
    return draft


def reopen(draft_id: int, person: User) -> Draft:
    """Raises Refused where the question has got another open draft."""
    try:
        with transaction.atomic():
            draft = locked(draft_id)
            if draft.state == DraftState.DISCARDED:
                go_to(draft, DraftState.DRAFT, person)
            return draft
    except IntegrityError:
        raise Refused(_("Another draft of this question is open. Publish it or put it away first.")) from None
