"""Whether a translation still says what the source says: counted when a draft is saved. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from prova.authoring.forms.content import (
    Content,
    languages_of,
    mapping,
    source_language,
    text_of,
    without_revision,
)

Agreed = dict[str, Any]


class TextState(StrEnum):
    OK = "ok"
    STALE = "stale"
    MISSING = "missing"


def with_revisions(content: Content, based_on: Mapping[str, Any] | None, agreed: Agreed) -> Content:
    """The content with a revision on each text.

    The source's is one more than that of the published version as soon as its text differs from it, however often it
    is saved. A translation has the source's where it was said to agree with this very source text, or where neither
    has changed; else it stays behind, and is stale.
    """
    source = source_language(content)
    before = mapping((based_on or {}).get("texts"))
    published = mapping(before.get(source))
    now = text_of(content, source)
    revision = _revision(published) if based_on else 1
    if based_on and without_revision(published) != without_revision(now):
        revision += 1
    texts = {source: without_revision(now) | _counted(revision)}
    for language in languages_of(content)[1:]:
        text = text_of(content, language)
        if is_current(language, now, agreed):
            mine = revision
        else:
            mine = min(_revision(mapping(before.get(language)) or text), max(revision - 1, 1))
        texts[language] = without_revision(text) | _counted(mine)
    return content | {"texts": texts}


def is_current(language: str, source_text: Mapping[str, Any], agreed: Agreed) -> bool:
    """A translation nobody has said anything about is taken for current: it is being written."""
    return language not in agreed or agreed[language] == without_revision(source_text)


def first_agreement(content: Content) -> Agreed:
    """Of a version that is edited: what is not stale there agrees with its source text."""
    source = text_of(content, source_language(content))
    return {
        language: without_revision(source)
        if _revision(text_of(content, language)) >= _revision(source)
        else {}
        for language in languages_of(content)[1:]
    }


def state_of(content: Content, language: str) -> TextState:
    text, source = text_of(content, language), text_of(content, source_language(content))
    if not text.get("stem"):
        return TextState.MISSING
    return TextState.OK if _revision(text) >= _revision(source) else TextState.STALE


def _revision(text: Mapping[str, Any]) -> int:
    revision = text.get("revision", 1)
    return revision if isinstance(revision, int) else 1


def _counted(revision: int) -> dict[str, int]:
    return {"revision": revision} if revision != 1 else {}
