"""The page on which a quiz is taken, read as a browser reads it: which fields belong to which question. Pure."""

import random
import re
from dataclasses import dataclass, field
from html import unescape

_TAG = re.compile(r"<(section|input|select|option|textarea)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_STATIC = re.compile(r'(?:href|src)="(/static/[^"#]+)')
_TOKEN = re.compile(r'"X-CSRFToken": "(\w+)"')


@dataclass
class Control:
    name: str
    kind: str  #: radio | checkbox | select | text
    values: list[str] = field(default_factory=list)


@dataclass
class Question:
    item: str
    save_path: str
    controls: dict[str, Control] = field(default_factory=dict)
    #: by id, since a saved answer replaces some of them
    hidden: dict[str, tuple[str, str]] = field(default_factory=dict)

    def answer(self, draw: random.Random) -> list[tuple[str, str]]:
        """Something a student could give, in every row; never twice the same if it can be helped."""
        return [pair for control in self.controls.values() for pair in _given(control, draw)]

    def form(self, answer: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [*answer, *self.hidden.values()]

    def take_up(self, fragment: str) -> None:
        """What the site sent back after saving replaces the hidden fields of the same ids."""
        for _, attributes in _tags(fragment):
            identity = attributes.get("id", "")
            if identity in self.hidden:
                self.hidden[identity] = (attributes.get("name", ""), attributes.get("value", ""))


@dataclass(frozen=True)
class Paper:
    token: str
    questions: tuple[Question, ...]


def static_files(page: str) -> list[str]:
    """What a browser fetches with the first page it sees."""
    return list(dict.fromkeys(_STATIC.findall(page)))


def token_of(page: str) -> str:
    found = _TOKEN.search(page)
    return found[1] if found else ""


def read_paper(page: str) -> Paper:
    questions: list[Question] = []
    select: Control | None = None
    for tag, attributes in _tags(page):
        if tag == "section" and "data-item" in attributes:
            questions.append(Question(attributes["data-item"], attributes["hx-post"]))
        elif questions and tag == "option" and select is not None:
            select.values.append(attributes.get("value", ""))
        elif questions and tag != "section":
            select = _take(questions[-1], tag, attributes)
    return Paper(token_of(page), tuple(questions))


def _take(question: Question, tag: str, attributes: dict[str, str]) -> Control | None:
    name, kind = attributes.get("name", ""), attributes.get("type", "text") if tag == "input" else tag
    if kind == "hidden":
        question.hidden[attributes.get("id", name)] = (name, attributes.get("value", ""))
    elif name == f"item-{question.item}" or name.startswith(f"item-{question.item}."):
        control = question.controls.setdefault(name, Control(name, kind))
        if value := attributes.get("value", ""):
            control.values.append(value)
        return control if tag == "select" else None
    return None


def _tags(page: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)})
        for tag, written in _TAG.findall(page)
    ]


def _given(control: Control, draw: random.Random) -> list[tuple[str, str]]:
    values = [value for value in control.values if value]
    if control.kind in ("radio", "select") and values:
        return [(control.name, draw.choice(values))]
    if control.kind == "checkbox" and values:
        return [(control.name, value) for value in values if draw.random() < 0.5]
    return [(control.name, f"{draw.uniform(0, 1000):.3f}")]
