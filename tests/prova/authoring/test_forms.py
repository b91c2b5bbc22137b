"""A question as form fields and back: nothing is lost, whatever the type."""

import pytest
import yaml
from django.conf import settings
from prova.authoring.forms import from_fields, to_fields
from prova.authoring.forms.ids import WITHOUT_ORDER, ids_of
from prova.authoring.forms.places import field_of
from prova.authoring.forms.rows import changed
from prova.authoring.forms.shapes import shape_of
from prova.authoring.kinds import blank

from questionbank.formats.yaml_file import read_questions
from questionbank.items import ITEM_TYPES
from tests.prova.authoring.conftest import content_of, contents

BANK = sorted(settings.QUESTIONS_DIR.glob("*.yaml"))
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.mark.parametrize("content", contents(), ids=lambda content: content["type"])
def test_a_question_of_every_type_comes_back_from_the_form_as_it_was(content):
    assert from_fields(to_fields(content)) == content


@pytest.mark.parametrize("file", BANK, ids=lambda file: file.stem)
def test_every_shipped_question_comes_back_from_the_form_as_it_was(file):
    document = yaml.load(file.read_text(encoding="utf-8"), LOADER)
    content = {"topic": document["topic"], "questions": document["questions"]}
    formed = content | {"questions": [from_fields(to_fields(each)) for each in content["questions"]]}
    before, after = (
        read_questions(yaml.dump(each, sort_keys=False, Dumper=yaml.CSafeDumper), file)
        for each in (content, formed)
    )
    assert not after.findings
    assert [each.definition for each in after.questions] == [each.definition for each in before.questions]


@pytest.mark.parametrize("content", contents(), ids=lambda content: content["type"])
def test_every_type_has_a_form_so_that_nobody_needs_yaml(content):
    fields = to_fields(content)
    assert shape_of(content["type"]).complete
    assert [name for name in fields if name.endswith("more") and fields[name]] == []


@pytest.mark.parametrize("item_type", list(ITEM_TYPES))
def test_what_a_new_question_begins_with_is_shown_by_forms(item_type):
    content = blank(item_type, "new-one", "en", ["pt-br"])
    fields = to_fields(content)
    assert [name for name in fields if name.endswith("more") and fields[name]] == []
    assert to_fields(from_fields(fields)) == fields


ROWS = {
    "short_answer": ["answers", "slips"],
    "gaps": ["gaps", "gaps.0.choices"],
    "hotspot": ["regions", "images"],
    "free_text": ["rubric", "rubric.0.levels"],
    "numeric": ["slips", "units"],
    "declared": ["slips", "draw", "compute", "values"],
}
DECLARED = {
    "draw": {"bits": {"from": 2, "to": 8}, "width": {"one_of": [4, 8]}},
    "compute": {"levels": "2 ** bits", "half": 0.5},
    "where": ["bits < width"],
    "key": "levels - 1",
    "slips": {"forgot": "levels"},
    "options": {"other": "half"},
}


def declared() -> dict:
    content = content_of("numeric") | {"parameters": DECLARED, "variants": 3, "slips": ["forgot"]}
    content["tolerance"] = content.pop("key")["tolerance"]
    return content


def test_declared_parameters_have_a_form():
    content = declared()
    fields = to_fields(content)
    assert fields["draw.1.one_of"] == "4, 8"
    assert not fields["parameters"]
    assert from_fields(fields) == content
    assert field_of(("parameters", "options", "other"), content) == "values.1.formula"


@pytest.mark.parametrize(("item_type", "kind"), [(name, kind) for name in ROWS for kind in ROWS[name]])
def test_a_row_of_any_kind_comes_moves_and_goes_again(item_type, kind):
    content = declared() if item_type == "declared" else content_of(item_type)
    if kind == "gaps.0.choices":
        content = changed(content, "add", ["gaps"])
        last = len(content["gaps"]) - 1
        fields = to_fields(content) | {f"gaps.{last}.kind": "choice"}
        content, kind = from_fields(fields), f"gaps.{last}.choices"
    longer = changed(changed(content, "add", [kind]), "add", [kind])
    ids = ids_of(to_fields(longer), kind)
    assert len(ids) == len(ids_of(to_fields(content), kind)) + 2
    assert from_fields(to_fields(longer)) == longer
    if kind not in WITHOUT_ORDER:
        swapped = changed(longer, "up", [kind, str(len(ids) - 1)])
        assert ids_of(to_fields(swapped), kind) == [*ids[:-2], ids[-1], ids[-2]]
    before = ids_of(to_fields(content), kind)
    shorter = longer
    for place in reversed([place for place, each in enumerate(ids) if each not in before]):
        shorter = changed(shorter, "remove", [kind, str(place)])
    assert shorter == content


def test_what_the_form_cannot_show_stays_yaml():
    content = content_of("gaps")
    content["gaps"][0]["colour"] = "red"
    fields = to_fields(content)
    assert "colour: red" in fields["more"]
    assert from_fields(fields) == content
