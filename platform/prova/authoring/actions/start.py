from __future__ import annotations

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.authoring.forms.content import Content
from prova.authoring.models import OPEN_STATES, Draft, DraftRevision, DraftState, DraftStep
from prova.authoring.refusals import Refused
from prova.authoring.translation import first_agreement
from questionbank.formats.writing import mapping_of
from questionbank.models import Question, QuestionVersion
from questionbank.questions import definition_of

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_SLUG_CHARACTERS = 100


def start_question(person: User, *, slug: str, topic: str, content: Content) -> Draft:
    """A draft of a question that is not in the bank. Raises Refused for an id that is taken or no id."""
    slug, topic = slug.strip(), topic.strip()
    refuse_bad_slug(slug)
    if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", topic) or len(topic) > MOST_SLUG_CHARACTERS:
        raise Refused(_("A topic is written in small letters, digits, - and _."))
    if Question.objects.filter(slug=slug).exists():
        raise Refused(_("There is a question of this id already. Choose another id, or edit that question."))
    return _started(person, slug=slug, topic=topic, content=content | {"id": slug}, based_on=None)


def edit_question(person: User, question: Question) -> Draft:
    """The question's open draft, or a new one from its newest version."""
    open_draft = Draft.objects.filter(slug=question.slug, state__in=OPEN_STATES).first()
    if open_draft is not None:
        return open_draft
    version = question.latest_version()
    if version is None:
        raise Refused(_("This question has no version yet."))
    definition = definition_of(version)
    return _started(
        person,
        slug=question.slug,
        topic=definition.topic,
        content=plain_mapping(version),
        based_on=version,
    )


def duplicate_question(person: User, version: QuestionVersion, slug: str) -> Draft:
    """A new question that starts with everything the version says. Raises Refused as `start_question` does."""
    return start_question(
        person, slug=slug, topic=definition_of(version).topic, content=plain_mapping(version)
    )


def plain_mapping(version: QuestionVersion) -> dict[str, Any]:
    """The version as the YAML format writes it."""
    return mapping_of(definition_of(version))


def refuse_bad_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > MOST_SLUG_CHARACTERS:
        raise Refused(
            _("An id is written in small letters and digits, with single hyphens between them; at most 100.")
        )


@transaction.atomic
def _started(
    person: User, *, slug: str, topic: str, content: Content, based_on: QuestionVersion | None
) -> Draft:
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                slug=slug,
                topic=topic,
                content=content,
                agreed=first_agreement(content) if based_on else {},
                based_on=based_on,
                author=person,
            )
    except IntegrityError:
        found = Draft.objects.filter(slug=slug, state__in=OPEN_STATES).first()
        if found is None or based_on is None:
            raise Refused(_("A draft of this id is open already. Choose another id.")) from None
        return found
    DraftRevision.objects.create(draft=draft, number=1, content=content, topic=topic, saved_by=person)
    DraftStep.objects.create(draft=draft, state=DraftState.DRAFT, revision=1, person=person)
    return draft
