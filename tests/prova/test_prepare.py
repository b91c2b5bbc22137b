"""What `manage.py up` does before it serves: it starts whatever was written on the web meanwhile, and says it."""

from dataclasses import replace

import pytest
from prova.prepare import prepare

from questionbank.actions import publish_question
from questionbank.models import Origin, Question, QuestionVersion
from questionbank.questions import definition_of
from questionbank.variant import Variant
from tests.questionbank.samples import FILE

SLUG = "what-a-mask-does"


def newest(question: Question) -> QuestionVersion:
    version = question.latest_version()
    assert version is not None
    return version


@pytest.mark.django_db
def test_a_site_starts_with_a_shipped_question_that_was_edited_on_the_web(settings, tmp_path, capsys):
    settings.QUESTIONS_DIR = tmp_path
    shipped = tmp_path / "quantization.yaml"
    shipped.write_text(FILE, encoding="utf-8")
    prepare(("load_bank",))
    row = Question.objects.get(slug=SLUG)
    edited = replace(definition_of(newest(row)), source="Our own notes")
    publish_question(edited, [Variant()], origin=Origin.WEB)
    capsys.readouterr()
    prepare(("load_bank",))
    assert f"{SLUG} version 2 was written on the web and stays" in capsys.readouterr().out
    # a newer Prova ships other words for the same question
    shipped.write_text(
        FILE.replace("It sets weights to zero.", "It sets some weights to zero."), encoding="utf-8"
    )
    prepare(("load_bank",))
    said = capsys.readouterr().out
    assert f"{SLUG} version 2 was written on the web, and the file has changed too" in said
    assert "1 refused" in said
    assert definition_of(newest(row)).source == "Our own notes"
