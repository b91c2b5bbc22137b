"""What an editor asks while its author types."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from questionbank.definition import QuestionDefinition
from questionbank.findings import Severity
from questionbank.formats.yaml_file import read_questions
from questionbank.linting import lint_question
from questionbank.variant import Variant
from tests.questionbank.samples import FILE, LANGUAGES, RATIO_VARIANT, numeric, sample_items, single_choice

SAMPLES = [(item.question, item.variant) for item in sample_items()]


def test_a_finding_names_the_place_of_what_is_wrong() -> None:
    sample = single_choice()
    german = replace(sample.texts["pt-br"], stem="Qual é 0.5 entre $[[lo]]$ e $[[hi]]$?")
    question = replace(sample, texts={**sample.texts, "pt-br": german}, generator="affine_scale")
    found = {(finding.rule, finding.place) for finding in lint_question(question)}
    assert ("decimal-sign", ("texts", "pt-br", "stem")) in found
    assert ("pin", ("texts", "en", "options", "none", "text")) not in found


def test_a_finding_of_the_reader_names_its_place_too() -> None:
    text = FILE.replace("text: Weights, explanation", "text: [1], explanation", 1)
    (finding,) = read_questions(text, Path("draft")).findings
    assert finding.place == ("texts", "en", "options", "weights", "text")


def test_errors_come_first_and_a_demanded_language_is_asked_for() -> None:
    found = lint_question(numeric(), [RATIO_VARIANT], demanded=[*LANGUAGES, "de"])
    assert [(finding.rule, finding.severity) for finding in found] == [("language", Severity.ERROR)]
    assert found[0].place == ("objective", "de")


@pytest.mark.parametrize(("question", "variant"), SAMPLES, ids=lambda value: getattr(value, "type", ""))
def test_asking_is_quick_enough_to_do_while_typing(question: QuestionDefinition, variant: Variant) -> None:
    lint_question(question, [variant])
    started = time.perf_counter()
    lint_question(question, [variant])
    assert time.perf_counter() - started < 0.1
