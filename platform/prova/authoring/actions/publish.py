from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.authoring.actions.locking import go_to, locked, refuse_unless_open, refuse_unless_read
from prova.authoring.judging import Judgement
from prova.authoring.models import Draft, DraftState
from prova.authoring.pages import looked_at
from prova.authoring.refusals import Refused
from prova.authoring.variants import Drawn
from questionbank.actions import publish_question
from questionbank.models import Origin, Question, QuestionVersion


def overtaken_by(draft: Draft) -> QuestionVersion | None:
    """The version that was published after the draft was begun, from files or from another draft."""
    question = Question.objects.filter(slug=draft.slug).first()
    newest = question.latest_version() if question else None
    return newest if newest is not None and newest.pk != draft.based_on_id else None


@transaction.atomic
def publish_draft(
    draft_id: int,
    person: User,
    *,
    revision: int,
    reason: str = "",
    accepts_warnings: bool = False,
    over_newer: bool = False,
) -> Draft:
    """One version per draft, however many publish at once. Raises Refused with what is missing.

    `reason` is needed where nobody has reviewed; `over_newer` where the question was published from elsewhere meanwhile.
    """
    draft = locked(draft_id)
    if draft.state == DraftState.PUBLISHED:
        return draft
    refuse_unless_open(draft)
    refuse_unless_read(draft, revision)
    if draft.state != DraftState.REVIEWED and not reason.strip():
        raise Refused(
            _("Nobody has reviewed this draft. Ask for a review, or say why it is published without.")
        )
    if not over_newer and overtaken_by(draft):
        raise Refused(
            _(
                "A newer version of this question was published meanwhile. Compare it, then tick that yours replaces it."
            )
        )
    judgement, drawn = looked_at(draft, draft.content, draft.topic)
    _refuse_unfit(judgement, drawn, accepts_warnings=accepts_warnings)
    assert judgement.definition is not None
    publication = publish_question(judgement.definition, drawn.variants, origin=Origin.WEB, by=person)
    draft.published_version = publication.version
    draft.save(update_fields=["published_version"])
    go_to(draft, DraftState.PUBLISHED, person, "" if draft.state == DraftState.REVIEWED else reason)
    return draft


def _refuse_unfit(judgement: Judgement, drawn: Drawn, *, accepts_warnings: bool) -> None:
    if judgement.definition is None or not judgement.sound or judgement.errors:
        raise Refused(_("The checks found errors. Correct them first; they stand at their fields."))
    if not drawn.is_current or not drawn.variants:
        raise Refused(_("The variants of this text are not drawn yet. Draw them first, and look at them."))
    if judgement.warnings and not accepts_warnings:
        raise Refused(_("The checks have warnings. Look at them, and tick that you have."))
