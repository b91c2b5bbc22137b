"""Files and web edits of the same question: neither buries the other."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from questionbank.actions import publish_question
from questionbank.definition import QuestionDefinition
from questionbank.loading import LoadOutcome, publish_from_file
from questionbank.models import Origin, Question, QuestionVersion
from questionbank.questions import definition_of
from tests.questionbank.samples import FILE, RATIO_VARIANT, numeric

pytestmark = pytest.mark.django_db


def saying(stem: str) -> QuestionDefinition:
    texts = numeric().texts
    return replace(numeric(), texts={**texts, "en": replace(texts["en"], stem=stem)})


def load(question: QuestionDefinition, **options: bool) -> LoadOutcome:
    return publish_from_file(question, [RATIO_VARIANT], **options).outcome


def edit_on_the_web(question: QuestionDefinition) -> QuestionVersion:
    return publish_question(question, [RATIO_VARIANT], origin=Origin.WEB).version


def newest() -> QuestionDefinition:
    version = Question.objects.get().latest_version()
    assert version is not None
    return definition_of(version)


def test_a_file_is_published_when_it_says_something_new() -> None:
    assert load(saying("A?")) is LoadOutcome.NEW
    assert load(saying("A?")) is LoadOutcome.UNCHANGED
    assert load(saying("B?")) is LoadOutcome.CHANGED


def test_a_web_edit_stays_while_the_file_is_what_it_was() -> None:
    load(saying("A?"))
    edit_on_the_web(saying("Edited?"))
    for _ in range(2):
        assert load(saying("A?")) is LoadOutcome.KEPT
    assert newest() == saying("Edited?")


def test_a_file_that_changed_beside_a_web_edit_is_refused_unless_told_to_overwrite() -> None:
    load(saying("A?"))
    edit_on_the_web(saying("Edited?"))
    refused = publish_from_file(saying("B?"), [RATIO_VARIANT])
    assert refused.outcome is LoadOutcome.REFUSED
    assert "--overwrite" in str(refused)
    assert newest() == saying("Edited?")
    assert load(saying("B?"), overwrite=True) is LoadOutcome.CHANGED
    assert newest() == saying("B?")
    assert load(saying("B?")) is LoadOutcome.UNCHANGED


def test_a_question_that_was_born_on_the_web_is_not_replaced_by_a_file_of_its_name() -> None:
    edit_on_the_web(saying("Born here?"))
    assert load(saying("A?")) is LoadOutcome.REFUSED
    assert load(saying("Born here?")) is LoadOutcome.UNCHANGED


def test_a_web_edit_that_came_into_the_file_and_one_taken_back_are_no_conflict() -> None:
    load(saying("A?"))
    edit_on_the_web(saying("Edited?"))
    assert load(saying("Edited?")) is LoadOutcome.UNCHANGED
    edit_on_the_web(saying("A?"))
    assert load(saying("B?")) is LoadOutcome.CHANGED


def test_a_version_outlives_the_person_who_published_it() -> None:
    person = get_user_model().objects.create(username="ada")
    version = publish_question(numeric(), [RATIO_VARIANT], origin=Origin.WEB, by=person).version
    person.delete()
    version.refresh_from_db()
    assert (version.origin, version.published_by) == (Origin.WEB, None)


def test_a_bank_with_a_web_edit_loads_at_every_start_and_says_so(tmp_path: Path) -> None:
    def said(text: str, *options: str) -> str:
        (tmp_path / "quantization.yaml").write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("load_bank", "--directory", str(tmp_path), *options, stdout=out)
        return out.getvalue()

    said(FILE)
    row = Question.objects.get(slug="ratio-of-sharing")
    latest = row.latest_version()
    assert latest is not None
    definition = definition_of(latest)
    publish_question(
        replace(definition, source="Edited on the web"), [type(RATIO_VARIANT)()], origin=Origin.WEB
    )
    told = said(FILE)
    assert "ratio-of-sharing version 2 was written on the web and stays" in told
    count = FILE.count("\n  - id: ")
    assert f"{count} questions, 0 new, 0 changed, {count - 1} unchanged, 1 kept." in told
    changed = FILE.replace("stem: What is the ratio?", "stem: Which ratio results?")
    told = said(changed)
    assert "ratio-of-sharing version 2 was written on the web, and the file has changed too" in told
    assert "1 refused" in told
    assert "1 changed" in said(changed, "--overwrite")
