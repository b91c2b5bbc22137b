"""The mapping of one question, as the YAML format has it, and what the editor needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionbank.definition import SOURCE_LANGUAGE

Content = dict[str, Any]
#: Holds what was typed into a YAML field and cannot be read yet, by the field's name; never published.
UNREAD = "_unread"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
MOST_LANGUAGES = 12


def source_language(content: Mapping[str, Any]) -> str:
    return str(content.get("source_language") or SOURCE_LANGUAGE)


def languages_of(content: Mapping[str, Any]) -> list[str]:
    """The source first, then the others as they were added."""
    source = source_language(content)
    texts = content.get("texts")
    found = list(texts) if isinstance(texts, Mapping) else []
    return [source, *sorted(each for each in found if each != source)]


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is a mapping, else an empty one."""
    return dict(value) if isinstance(value, Mapping) else {}


def members(value: Any) -> list[dict[str, Any]]:
    """The mappings of a list; nothing where it is no such list."""
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        return []
    return [dict(each) for each in value]


def text_of(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    return mapping(mapping(content.get("texts")).get(language))


def without_revision(text: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in text.items() if name != "revision"}
