"""The editor's page as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from prova.authoring.judging import Remark
from prova.authoring.models import ReviewNote
from prova.authoring.translation import TextState


@dataclass(frozen=True)
class FormField:
    name: str
    label: str
    value: str = ""
    #: line | wide | area | code | number | select | check | radio
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    #: Of the text in it; empty for what has no language.
    language: str = ""
    #: Of a radio button: what it sends.
    sends: str = "on"
    is_checked: bool = False
    is_fixed: bool = False
    #: Of a row with a kind, or beside a tolerance: the kinds it belongs to, with spaces between; empty: all.
    only: str = ""
    tolerance: str = ""
    #: Id of a list of suggestions.
    suggests: str = ""
    #: The label is a name in a program.
    is_code: bool = False
    remarks: tuple[Remark, ...] = ()
    notes: tuple[ReviewNote, ...] = ()

    @property
    def id(self) -> str:
        return f"f-{self.name.replace('.', '-')}" + (f"-{self.sends}" if self.kind == "radio" else "")

    @property
    def has_errors(self) -> bool:
        return any(remark.is_error for remark in self.remarks)


@dataclass(frozen=True)
class Passage:
    """One text in every language, side by side."""

    label: str
    cells: tuple[FormField, ...]
    only: str = ""


@dataclass(frozen=True)
class Row:
    kind: str
    place: int
    mark: str
    head: tuple[FormField, ...]
    passages: tuple[Passage, ...]
    is_first: bool
    is_last: bool
    rest: str = ""
    #: Rows inside the row: choices of a gap, levels of a criterion.
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Group:
    kind: str
    title: str
    help: str
    add: str
    rows: tuple[Row, ...]
    #: main | late (folded up behind the rest while it is empty) | numbers
    where: str = "main"
    only: str = ""

    @property
    def id(self) -> str:
        return f"group-{self.kind.replace('.', '-')}"


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    is_source: bool
    state: TextState


@dataclass(frozen=True)
class Editor:
    about: tuple[FormField, ...]
    languages: tuple[Language, ...]
    opening: tuple[Passage, ...]
    groups: tuple[Group, ...]
    closing: tuple[Passage, ...]
    scoring: tuple[FormField, ...]
    numbers: tuple[FormField, ...]
    #: What no form shows, as YAML: the neutral part, and each language's.
    more: tuple[FormField, ...]
    more_texts: tuple[Passage, ...]
    #: Whether all of the type's own fields are in that YAML.
    is_yaml: bool
    hidden: tuple[tuple[str, str], ...]
    #: Each with the id of its field, and the language it speaks of.
    remarks: tuple[tuple[Remark, str, str], ...] = field(default=())

    @cached_property
    def is_parameterised(self) -> bool:
        return bool(self.way)

    @cached_property
    def number_fields(self) -> dict[str, FormField]:
        short = {"parameters.key": "key", "parameters.where": "where", "parameters": "yaml"}
        short["generator_source"] = "source"
        return {short.get(each.name, each.name): each for each in self.numbers}

    @cached_property
    def way(self) -> str:
        """generator | parameters | generator_source; empty where nothing is drawn."""
        written = {each.name for each in self.numbers if each.value or each.remarks}
        for name in ("generator", "generator_source"):
            if name in written:
                return name
        rows = any(group.rows for group in self.groups if group.where == "numbers")
        return "parameters" if rows or written - {"variants"} else ""

    @property
    def has_pictures(self) -> bool:
        return any(group.kind == "images" and group.rows for group in self.groups)
