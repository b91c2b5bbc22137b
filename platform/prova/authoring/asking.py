"""What a request to the editor says: the fields of the form, the button, and how the preview is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from prova.authoring.forms import from_fields
from prova.authoring.forms.content import LANGUAGE, Content

#: Of one field; the whole question is bounded when it is saved.
MAX_FIELD_CHARACTERS = 60_000
MAX_FIELDS = 4000
MAX_ANSWER_CHARACTERS = 20_000
PREVIEW = "item-preview"


@dataclass(frozen=True)
class Wish:
    """Which face of the question the preview shows."""

    language: str
    variant: int
    #: What was answered in it; None: nothing is tried.
    answer: tuple[str, ...] | None

    @classmethod
    def read(cls, data: QueryDict, default_language: str) -> Wish:
        language = data.get("preview-language", "")
        number = data.get("preview-variant", "0")
        return cls(
            language if LANGUAGE.fullmatch(language) else default_language,
            int(number) if number.isdecimal() and len(number) < 4 else 0,
            _answer(data) if ("try" in data or "tried" in data) and "again" not in data else None,
        )


def _answer(data: QueryDict) -> tuple[str, ...]:
    """As a page of a quiz reads it: a part with a name, as in “item-preview.x1”, is kept as “x1=0.25”. An answer that
    was tried before comes back whole under the name `tried`."""
    if "tried" in data and "try" not in data:
        return tuple(text[:MAX_ANSWER_CHARACTERS] for text in data.getlist("tried") if text)
    names = [name for name in data if name == PREVIEW or name.startswith(f"{PREVIEW}.")]
    given = [
        (name[len(PREVIEW) + 1 :], text.replace("\0", "")[:MAX_ANSWER_CHARACTERS])
        for name in names
        for text in data.getlist(name)
    ]
    return tuple(f"{part}={text}" if part[:1].isalpha() else text for part, text in given if text)


@dataclass(frozen=True)
class Sent:
    """A post of the editor's form."""

    content: Content
    topic: str
    revision: int
    #: The button: save, preview, add:options …; empty: Enter was pressed.
    then: tuple[str, ...]
    new_language: str

    @classmethod
    def read(cls, request: HttpRequest) -> Sent:
        fields = plain_fields(request.POST)
        revision = fields.get("draft-revision", "")
        return cls(
            content=from_fields(fields),
            topic=fields.get("topic", ""),
            revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
            then=tuple(fields.get("then", "").split(":")),
            new_language=fields.get("new-language", ""),
        )


def plain_fields(data: QueryDict) -> dict[str, str]:
    """Of a name that was sent more than once the last value counts. PostgreSQL stores no NUL."""
    items = list(data.items())[:MAX_FIELDS]
    return {name: str(text).replace("\0", "")[:MAX_FIELD_CHARACTERS] for name, text in items}
