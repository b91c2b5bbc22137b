"""Free words on questions. Each verb is one transaction; two people at once take turns or agree."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from questionbank.models import Question, Tag
from questionbank.similarity import normalised

LONGEST = 60


class TagProblem(ValueError):
    """What was asked for makes no tag."""


def folded(name: str) -> str:
    """Equal for names that are the same tag: case, accents, spaces and punctuation aside."""
    return normalised(name)[:LONGEST]


def tag_named(name: str) -> Tag:
    """The tag of this name, made if there is none. TagProblem: a name without letters, or longer than LONGEST."""
    shown = " ".join(name.split())
    if not folded(shown) or len(shown) > LONGEST:
        raise TagProblem(f"a tag has 1 to {LONGEST} characters, at least one of them a letter or a digit")
    tag, _ = Tag.objects.get_or_create(folded=folded(shown), defaults={"name": shown})
    return tag


@transaction.atomic
def add_tag(name: str, questions: Iterable[Question]) -> Tag:
    tag = tag_named(name)
    tag.questions.add(*questions)
    return tag


@transaction.atomic
def remove_tag(name: str, questions: Iterable[Question]) -> None:
    """A tag that no question has any more goes too."""
    tag = Tag.objects.select_for_update().filter(folded=folded(name)).first()
    if tag is not None:
        tag.questions.remove(*questions)
        if not tag.questions.exists():
            tag.delete()


@transaction.atomic
def rename_tag(tag: Tag, name: str) -> Tag:
    """To the name of another tag: the two become one. Returns the tag that is left."""
    other = tag_named(name)
    if other == tag:
        Tag.objects.filter(pk=tag.pk).update(name=" ".join(name.split()))
        tag.refresh_from_db()
        return tag
    other.questions.add(*tag.questions.all())
    tag.delete()
    return other
