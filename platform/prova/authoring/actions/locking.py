from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.authoring.models import Draft, DraftState, DraftStep
from prova.authoring.refusals import Refused


def locked(draft_id: int) -> Draft:
    """The row, for this transaction alone."""
    return Draft.objects.select_for_update(of=("self",)).select_related("based_on", "author").get(pk=draft_id)


def refuse_unless_open(draft: Draft) -> None:
    if not draft.is_open:
        raise Refused(_("This draft is closed. Edit the question again to start a new one."))


def refuse_unless_read(draft: Draft, revision: int) -> None:
    """A decision counts for the text that was on the screen."""
    if draft.revision != revision:
        raise Refused(
            _(
                "The draft was changed while you were looking at it. Look at the newest text, then decide again."
            )
        )


def go_to(draft: Draft, state: DraftState, person: User, reason: str = "") -> None:
    draft.state = state
    draft.save(update_fields=["state", "changed_at"])
    DraftStep.objects.create(
        draft=draft, state=state, revision=draft.revision, person=person, reason=reason.strip()[:4000]
    )
