"""The editor's page: which fields stand where, in which words, with which remarks. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from prova.authoring.editor.builder import Builder
from prova.authoring.editor.model import Editor, FormField, Group, Language, Passage, Row
from prova.authoring.editor.placing import fields_in, home_of, id_of, in_words_of_the_page, names_in
from prova.authoring.forms.content import Content, source_language
from prova.authoring.judging import Remark
from prova.authoring.languages import name_of
from prova.authoring.models import ReviewNote
from prova.authoring.translation import state_of

__all__ = ["Editor", "FormField", "Group", "Language", "Passage", "Row", "editor_of", "home_of", "names_in"]


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
    labels = {field.name: field.label for field in fields_in(bare)}
    names = list(labels)
    at: dict[str, list[Remark]] = defaultdict(list)
    placed = []
    for remark in remarks:
        home = home_of(remark.field, names)
        remark = in_words_of_the_page(remark, home, labels)
        at[home].append(remark)
        placed.append((remark, home))
    noted: dict[str, list[ReviewNote]] = defaultdict(list)
    for note in notes:
        noted[note.place].append(note)
    full = _built(content, topic, at, noted, slug_is_fixed)
    said = tuple((each, id_of(home), _language_of(each.field)) for each, home in placed)
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
    build = Builder(content, topic, slug_is_fixed, at, notes)
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
        closing=build.closing(),
        scoring=build.scoring(),
        numbers=build.numbers(),
        more=(build.one("more", _("Other fields (YAML)"), "code"),),
        more_texts=(build.passage(_("Other texts (YAML)"), "more", "code"),),
        is_yaml=not build.shape.complete,
        hidden=build.hidden(),
    )
