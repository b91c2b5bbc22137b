from __future__ import annotations

import json

from django.db import transaction
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.authoring.actions.locking import go_to, locked, refuse_unless_open
from prova.authoring.actions.start import refuse_bad_slug
from prova.authoring.forms.content import Content, source_language, text_of, without_revision
from prova.authoring.models import OPEN_STATES, Draft, DraftRevision, DraftState
from prova.authoring.refusals import Refused, StaleSave
from prova.authoring.translation import with_revisions
from questionbank.formats.writing import mapping_of
from questionbank.models import Question
from questionbank.questions import definition_of

#: Of one question as JSON; the longest of the shipped bank has less than a tenth of it.
MOST_CHARACTERS = 250_000


@transaction.atomic
def save_draft(
    draft_id: int,
    person: User,
    *,
    revision: int,
    content: Content,
    topic: str,
    is_automatic: bool = False,
) -> Draft:
    """Stores the content as the next revision, unless it says what is stored already.

    `revision` is the one the person started from. Raises StaleSave when another save came first, Refused when the
    draft is closed or too long. A reviewed text that changes is not reviewed any more.
    """
    if len(json.dumps(content)) > MOST_CHARACTERS:
        raise Refused(_("This question is longer than the bank can hold. Shorten it."))
    draft = locked(draft_id)
    refuse_unless_open(draft)
    content, topic = _settled(draft, content), topic.strip()[:100] or draft.topic
    if (content, topic) == (draft.content, draft.topic):
        return draft
    if draft.revision != revision:
        raise StaleSave(draft, content)
    _store(draft, person, content, topic, is_automatic=is_automatic)
    return draft


def _settled(draft: Draft, content: Content) -> Content:
    """With the id the question has, and with the revisions of its texts."""
    slug = draft.slug if draft.based_on else str(content.get("id") or draft.slug)
    if slug != draft.slug:
        _rename(draft, slug)
    before = mapping_of(definition_of(draft.based_on)) if draft.based_on else None
    return with_revisions(content | {"id": slug}, before, draft.agreed)


def _rename(draft: Draft, slug: str) -> None:
    refuse_bad_slug(slug)
    taken = Draft.objects.filter(slug=slug, state__in=OPEN_STATES).exclude(pk=draft.pk).exists()
    if taken or Question.objects.filter(slug=slug).exists():
        raise Refused(_("There is a question of this id already. Choose another id."))
    draft.slug = slug


def _store(draft: Draft, person: User, content: Content, topic: str, *, is_automatic: bool) -> None:
    draft.content, draft.topic, draft.revision = content, topic, draft.revision + 1
    draft.save(update_fields=["slug", "content", "topic", "agreed", "revision", "changed_at"])
    DraftRevision.objects.create(
        draft=draft,
        number=draft.revision,
        content=content,
        topic=topic,
        saved_by=person,
        is_automatic=is_automatic,
    )
    if draft.state == DraftState.REVIEWED:
        go_to(draft, DraftState.DRAFT, person)


@transaction.atomic
def mark_current(draft_id: int, person: User, language: str) -> Draft:
    """The person says that the translation says what the source says now."""
    draft = locked(draft_id)
    refuse_unless_open(draft)
    draft.agreed = draft.agreed | {
        language: without_revision(text_of(draft.content, source_language(draft.content)))
    }
    content = _settled(draft, draft.content)
    if content == draft.content:
        draft.save(update_fields=["agreed"])
    else:
        _store(draft, person, content, draft.topic, is_automatic=False)
    return draft
