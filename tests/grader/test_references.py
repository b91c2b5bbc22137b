"""Formulas and sources beside the messages of an exercise."""

from pathlib import Path

import pytest

from grader.errors import BadExercise
from grader.exercise import find_exercises, read_exercise
from grader.references import Reference, reference_of
from grader.report import CheckResult, Verdict
from tests.grader.packages import write_exercise

MESSAGES = """
[slips.squared]
en = "Squared."
pt-br = "Ao quadrado."
formula = '2 n \\ne n^2'
"""


def check(name: str = "doubles", slip: str | None = None) -> CheckResult:
    return CheckResult(
        name=name, points=0, max_points=1, verdict=Verdict.WRONG_ANSWER, visible=True, slip=slip
    )


def test_a_formula_is_read_beside_the_texts(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, messages=MESSAGES + "source = 'Euclid, book 7'\n"))

    assert exercise.messages["squared"] == {"en": "Squared.", "pt-br": "Ao quadrado."}
    assert exercise.references == {
        "squared": Reference(
            formula=r"2 n \ne n^2", source={"en": "Euclid, book 7", "pt-br": "Euclid, book 7"}
        )
    }


def test_a_source_may_be_said_in_each_language(tmp_path: Path) -> None:
    messages = MESSAGES + "source = { en = 'section 2', pt-br = 'seção 2' }\n"

    found = read_exercise(write_exercise(tmp_path, messages=messages)).references["squared"]

    assert found.source == {"en": "section 2", "pt-br": "seção 2"}


@pytest.mark.parametrize(
    ("messages", "says"),
    [
        ("[slips.squared]\nen = 'a'\npt-br = 'b'\nformula = 3\n", "formula must be a text"),
        ("[slips.squared]\nen = 'a'\npt-br = 'b'\nformula = ' '\n", "formula must be a text"),
        ("[slips.squared]\nen = 'a'\npt-br = 'b'\nsource = { en = 'c' }\n", "no text for pt-br"),
        ("[slips.squared]\nen = 'a'\nformula = 'x'\n", "no text for pt-br"),
        ("[slips.squared]\nen = 'a'\npt-br = 'b'\nurl = 'x'\n", "not known here"),
    ],
)
def test_the_author_is_told_what_is_wrong_with_a_reference(tmp_path: Path, messages: str, says: str) -> None:
    with pytest.raises(BadExercise, match=says):
        read_exercise(write_exercise(tmp_path, messages=messages))


def test_a_named_mistake_has_the_first_word_and_its_check_the_second() -> None:
    of_check = Reference(formula="s", source={"en": "Jacob"})
    references = {"checks.doubles": of_check, "squared": Reference(formula="n^2")}

    assert reference_of(check(), references) == of_check
    assert reference_of(check(slip="squared"), references) == Reference(formula="n^2", source={"en": "Jacob"})
    assert not reference_of(check("another"), references)


@pytest.mark.parametrize("folder", find_exercises(), ids=lambda folder: folder.name)
def test_every_exercise_of_the_bank_names_formulas(folder: Path) -> None:
    assert any(one.formula for one in read_exercise(folder).references.values())
