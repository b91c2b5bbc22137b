"""The editor's page as plain values: which fields stand where, in which words, with which remarks. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from prova.authoring.forms import to_fields
from prova.authoring.forms.content import Content, languages_of, source_language
from prova.authoring.forms.rows import ids_of
from prova.authoring.forms.shapes import Shape, shape_of
from prova.authoring.judging import Remark
from prova.authoring.languages import name_of
from prova.authoring.models import ReviewNote
from prova.authoring.translation import TextState, state_of
from prova.authoring.words import FieldWords, level_choices, rule_choices, tolerance_choices


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


@dataclass(frozen=True)
class Group:
    kind: str
    title: str
    help: str
    add: str
    rows: tuple[Row, ...]


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
        return any(each.value for each in self.numbers if each.name != "variants")


@dataclass
class _Builder:
    content: Content
    topic: str
    slug_is_fixed: bool
    at: Mapping[str, list[Remark]]
    notes: Mapping[str, list[ReviewNote]]

    def __post_init__(self) -> None:
        self.fields = to_fields(self.content) | {"topic": self.topic}
        self.words = FieldWords()
        self.codes = languages_of(self.content)
        self.shape: Shape = shape_of(str(self.content.get("type", "")))

    def one(self, name: str, label: str, kind: str = "line", **more: Any) -> FormField:
        return FormField(
            name=name,
            label=label,
            value=self.fields.get(name, ""),
            kind=kind,
            remarks=tuple(self.at.get(name, ())),
            notes=tuple(self.notes.get(name, ())),
            **more,
        )

    def passage(self, label: str, rest: str, kind: str = "area", help: str = "") -> Passage:
        return Passage(
            label,
            tuple(
                self.one(f"texts.{code}.{rest}", label, kind, language=code, help="" if place else help)
                for place, code in enumerate(self.codes)
            ),
        )

    def about(self) -> tuple[FormField, ...]:
        return (
            self.one("id", _("Id"), help=_("names the question in files"), is_fixed=self.slug_is_fixed),
            self.one("topic", _("Topic"), is_fixed=False),
            self.one("level", _("Level"), "select", choices=level_choices()),
            self.one("source", _("Source"), "wide", help=_("paper and section, or book and page")),
            self.one("note", _("Note for other authors"), "wide", help=_("no student sees it")),
        )

    def numbers(self) -> tuple[FormField, ...]:
        return (
            self.one("generator", _("Built-in generator"), help=_("its name in the catalogue")),
            self.one("variants", _("Variants"), "number", help=_("how many are drawn, up to 50")),
            self.one("parameters", _("Declared parameters (YAML)"), "code"),
            self.one("generator_source", _("A generator of your own (Python)"), "code"),
        )

    def scoring(self) -> tuple[FormField, ...]:
        found = []
        if self.shape.scoring:
            choices = rule_choices(self.shape.scoring)
            found.append(self.one("scoring", _("Partial credit"), "select", choices=choices))
        if self.shape.program:
            found += self._program()
        if self.shape.number:
            is_drawn = any(self.fields.get(way) for way in ("generator", "parameters", "generator_source"))
            if not is_drawn or self.fields.get("key.value"):
                found.append(self.one("key.value", _("Right number"), "number"))
            found.append(self.one("unit", _("Unit"), help=_("shown beside the answer; may stay empty")))
            found += self._tolerance()
        return tuple(found)

    def _program(self) -> list[FormField]:
        def tick(name: str, label: str) -> FormField:
            return self.one(name, label, "check", is_checked=bool(self.fields.get(name)))

        return [
            self.one("program.code", _("Program"), "code"),
            self.one("program.output", _("Its output"), "code"),
            tick("program.ignore_case", _("Small and capital letters count as the same")),
            tick("program.ignore_spaces", _("Spaces do not count")),
        ]

    def _tolerance(self) -> list[FormField]:
        kind = self.one("tolerance.kind", _("Tolerance"), "select", choices=tolerance_choices())
        if kind.value == "interval":
            ends = [("low", _("from")), ("high", _("to"))]
        elif kind.value in ("relative", "geometric", "significant_digits"):
            ends = [("value", _("how much")), ("floor", _("but at least"))]
        else:
            ends = [("value", _("how much"))]
        return [kind, *(self.one(f"tolerance.{name}", label, "number") for name, label in ends)]

    def groups(self) -> tuple[Group, ...]:
        found = []
        if self.shape.options is not None:
            found.append(self._group("options"))
        if self.shape.choices:
            found.append(self._group("choices"))
        if self.shape.number:
            found.append(self._group("slips"))
        found.append(self._group("hints"))
        return tuple(found)

    def _group(self, kind: str) -> Group:
        title, help, add = self.words.group(kind, str(self.content.get("type", "")))
        count = len(ids_of(self.fields, kind))
        rows = tuple(self._row(kind, place, count) for place in range(count))
        return Group(kind, title, help, add, rows)

    def _row(self, kind: str, place: int, count: int) -> Row:
        mark = chr(ord("A") + place) if kind == "options" and place < 26 else str(place + 1)
        if kind == "options":
            head = self._option_head(place)
            passages: tuple[Passage, ...] = (
                self.passage(
                    self.words.option(str(self.content.get("type"))), f"options.{place}.text", "area"
                ),
                self.passage(_("Why"), f"options.{place}.explanation"),
            )
        else:
            head = (self.one(f"{kind}.{place}.id", _("Id")), *self._other_head(kind, place))
            passages = (self.passage(self.words.text(kind), f"{kind}.{place}"),)
        rest = self.fields.get(f"{kind}.{place}.rest", "")
        return Row(kind, place, mark, head, passages, place == 0, place == count - 1, rest)

    def _option_head(self, place: int) -> tuple[FormField, ...]:
        start = f"options.{place}"
        head = []
        if self.shape.one_key:
            is_key = self.fields.get("correct") == str(place)
            head.append(self.one("correct", _("Right answer"), "radio", sends=str(place), is_checked=is_key))
        for column in self.shape.options or ():
            name = f"{start}.{column}"
            if column == "correct":
                label = self.words.correct(str(self.content.get("type")))
                head.append(self.one(name, label, "check", is_checked=bool(self.fields.get(name))))
            elif column == "pin":
                is_last = self.fields.get(name) == "last"
                head.append(self.one(name, _("Stays last"), "check", sends="last", is_checked=is_last))
            elif column == "fraction":
                if self.fields.get("scoring") == "fractions" or self.fields.get(name):
                    head.append(self.one(name, _("Share of the points"), "number"))
            elif column == "match":
                ids = ids_of(self.fields, "choices")
                known = [self.fields.get(name, "")] if self.fields.get(name, "") not in ids else []
                choices = tuple((each, each or "–") for each in [*known, *ids])
                head.append(self.one(name, _("Belongs to"), "select", choices=choices))
        head.append(self.one(f"{start}.id", _("Id")))
        return tuple(head)

    def _other_head(self, kind: str, place: int) -> tuple[FormField, ...]:
        if kind == "hints":
            return (self.one(f"hints.{place}.cost", _("Costs (0 to 1)"), "number"),)
        if kind == "slips" and not self.words.is_drawn(self.fields):
            return (self.one(f"slips.{place}.value", _("Wrong number"), "number"),)
        return ()

    def hidden(self) -> tuple[tuple[str, str], ...]:
        names = ["type", "source_language", "languages", *(f"texts.{code}.revision" for code in self.codes)]
        return tuple((name, self.fields.get(name, "")) for name in names)


def editor_of(
    content: Content,
    topic: str,
    remarks: Iterable[Remark],
    notes: Iterable[ReviewNote] = (),
    *,
    slug_is_fixed: bool,
) -> Editor:
    """Two passes: the fields that there are, then the remarks at the nearest of them."""
    bare = _built(content, topic, {}, {}, slug_is_fixed)
    names = names_in(bare)
    at: dict[str, list[Remark]] = defaultdict(list)
    placed = []
    for remark in remarks:
        home = home_of(remark.field, names)
        at[home].append(remark)
        placed.append((remark, home))
    noted: dict[str, list[ReviewNote]] = defaultdict(list)
    for note in notes:
        noted[note.place].append(note)
    full = _built(content, topic, at, noted, slug_is_fixed)
    said = tuple((each, _id_of(home), _language_of(each.field)) for each, home in placed)
    return Editor(**{**vars(full), "remarks": said})


def _language_of(place: str) -> str:
    return place.split(".")[1] if place.startswith("texts.") else ""


def _built(
    content: Content,
    topic: str,
    at: Mapping[str, list[Remark]],
    notes: Mapping[str, list[ReviewNote]],
    slug_is_fixed: bool,
) -> Editor:
    build = _Builder(content, topic, slug_is_fixed, at, notes)
    source = source_language(content)
    return Editor(
        about=build.about(),
        languages=tuple(
            Language(code, name_of(code), code == source, state_of(content, code)) for code in build.codes
        ),
        opening=(
            build.passage(_("Objective"), "objective", help=_("what a right answer shows")),
            build.passage(_("Convention"), "convention", help=_("what is agreed on; none if nothing is")),
            build.passage(_("Question"), "stem"),
        ),
        groups=build.groups(),
        closing=(build.passage(_("Explanation"), "explanation", help=_("after answering")),),
        scoring=build.scoring(),
        numbers=build.numbers(),
        more=(build.one("more", _("Other fields (YAML)"), "code"),),
        more_texts=(build.passage(_("Other texts (YAML)"), "more", "code"),),
        is_yaml=not build.shape.complete,
        hidden=build.hidden(),
    )


def names_in(editor: Editor) -> list[str]:
    """Of all fields on the page, in its order."""
    rows = [row for group in editor.groups for row in group.rows]
    passages = [*editor.opening, *(each for row in rows for each in row.passages), *editor.closing]
    cells = [cell for passage in [*passages, *editor.more_texts] for cell in passage.cells]
    heads = [each for row in rows for each in row.head]
    fields = [*editor.about, *heads, *cells, *editor.scoring, *editor.numbers, *editor.more]
    return [each.name for each in fields]


def home_of(place: str, names: list[str]) -> str:
    """The field at which a remark about this place is shown; empty: above the form."""
    known = set(names)
    while place:
        if place in known:
            return place
        if f"{place}.stem" in known:
            return f"{place}.stem"
        inside = next((name for name in names if name.startswith(f"{place}.")), None)
        if inside is not None and place != "texts":
            return inside
        if "." not in place:
            return "more" if place not in ("texts", "options") else ""
        if place.startswith("texts.") and place.count(".") == 2:
            return place.rsplit(".", 1)[0] + ".more"
        place = place.rsplit(".", 1)[0]
    return ""


def _id_of(name: str) -> str:
    return f"f-{name.replace('.', '-')}" if name else ""
