"""A question as form fields and back: nothing is lost, whatever the type."""

import pytest
import yaml
from django.conf import settings
from prova.authoring.forms import from_fields, to_fields

from questionbank.formats.yaml_file import read_questions
from tests.prova.authoring.conftest import contents

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
