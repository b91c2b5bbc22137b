"""A part of a question that has a form of its own: what belongs to it, and both ways between mapping and fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prova.authoring.forms.content import Content
from prova.authoring.forms.values import passage

Fields = dict[str, str]
#: By language.
Texts = dict[str, Content]


@dataclass(frozen=True)
class Part:
    #: Names in the neutral part, and in the texts of every language.
    fields: tuple[str, ...]
    texts: tuple[str, ...]
    #: May raise for what has another shape: it stays YAML then.
    write: Callable[[Content, Texts], Fields]
    read: Callable[[Mapping[str, str], Sequence[str]], tuple[Content, Texts]]

    def moved(self, rest: Content, texts: Texts) -> Fields:
        """Takes what belongs to the part out of `rest` and `texts`, if the form can show all of it; else nothing."""
        neutral = {name: rest[name] for name in self.fields if name in rest}
        mine = {
            language: {name: text[name] for name in self.texts if name in text}
            for language, text in texts.items()
        }
        try:
            fields = self.write(neutral, mine)
            again, texts_again = self.read(fields, list(texts))
        except (AttributeError, KeyError, TypeError, ValueError, IndexError):
            return {}
        if again != neutral or any(texts_again.get(each, {}) != text for each, text in mine.items()):
            return {}
        for name in neutral:
            del rest[name]
        for language, text in mine.items():
            for name in text:
                del texts[language][name]
        return fields


def filled(values: Mapping[str, Any]) -> Content:
    """Without what says nothing."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", [], {})}


def wordings(text: str) -> list[str]:
    """One a line."""
    return [line.strip() for line in passage(text).split("\n") if line.strip()]


def said(fields: Mapping[str, str], name: str) -> str:
    return passage(fields.get(name, ""))


def listed(text: str) -> list[str]:
    """Names with commas or spaces between them."""
    return text.replace(",", " ").replace(";", " ").split()


def lines(values: Iterable[str]) -> str:
    return "\n".join(values)
