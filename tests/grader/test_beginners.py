"""What people write who learn to program: each file of `beginners/` is told what to change, in both languages.

A file is affine quantization with one mistake. Only the check that meets the mistake is run, in one profile: what the
profiles have in common is shown by test_hostile.py.
"""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.exercise import EXERCISES_FOLDER, Exercise, read_exercise
from grader.job import GradingJob
from grader.judge import Gradable, grade
from grader.messages import LANGUAGES, explain
from grader.report import GradingReport, Message
from grader.sandbox import Profile, Zygote
from grader.sandbox.profiles import inspect_machine

pytestmark = pytest.mark.sandbox

BEGINNERS = Path(__file__).with_name("beginners")
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((BEGINNERS / "expected.toml").read_text(encoding="utf-8"))
#: words that tell somebody to do something, one of which is in every sentence
TO_DO = {
    "en": (
        *(
            "Remove",
            "Return",
            "Correct",
            "Define",
            "Replace",
            "Look",
            "Use",
            "Check",
            "Convert",
            "Work",
            "Swap",
        ),
        *("Give", "Make", "Indent", "Is a return", "Between", "Convert", "remove", "use", "as in"),
    ),
    "pt-br": (
        *(
            "Remova",
            "Devolva",
            "Corrija",
            "Defina",
            "Troque",
            "Veja",
            "Use",
            "Confira",
            "Converta",
            "Trabalhe",
        ),
        *(
            "Dê",
            "Crie",
            "Recue",
            "Falta um return",
            "Entre",
            "Procure",
            "remova",
            "use",
            "procure",
            "como em",
        ),
    ),
}


@pytest.fixture(scope="module")
def affine() -> Gradable:
    return Gradable.load(read_exercise(EXERCISES_FOLDER / "affine-quantization"))


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(20_000 + os.getpid() % 20_000))
        if missing := inspect_machine().missing(Profile.B):
            pytest.skip(f"PROFILE B IS NOT TESTED HERE: {' '.join(missing)}")
        with Zygote(Profile.B, ("numpy",)) as zygote:
            yield zygote


@pytest.mark.parametrize("name", EXPECTED)
def test_a_beginner_is_told_what_to_change(zygote: Zygote, affine: Gradable, name: str) -> None:
    expected = EXPECTED[name]

    message = _told(_graded(zygote, affine, name, expected.get("check")), "check" in expected)

    assert message.key == expected["key"], message
    for language in LANGUAGES:
        text = explain(message, language, affine.exercise.messages)
        assert all(part in text for part in expected["names"]), text
        assert any(word in text for word in TO_DO[language]), text
        assert "{" not in text


def test_every_beginner_is_listed() -> None:
    assert {path.stem for path in BEGINNERS.glob("*.py")} == set(EXPECTED)


def _graded(zygote: Zygote, affine: Gradable, name: str, check: str | None) -> GradingReport:
    gradable = _only(affine, check or "scale_is_the_width_of_one_step")
    exercise = gradable.exercise
    job = GradingJob(
        submission_id=1,
        nonce="n",
        exercise=exercise.slug,
        exercise_version=exercise.version,
        source=(BEGINNERS / f"{name}.py").read_text(encoding="utf-8"),
        seed=0,
    )
    return grade(zygote, gradable, job)


def _only(affine: Gradable, name: str) -> Gradable:
    (check,) = (check for check in affine.checks if check.info.name == name)
    info = replace(check.info, depends_on=())
    exercise: Exercise = replace(
        affine.exercise,
        checks=(info,),
        limits=replace(affine.exercise.limits, call_cpu_s=0.2, shrink_calls=60),
    )
    return Gradable(exercise, (replace(check, info=info),))


def _told(report: GradingReport, loads: bool) -> Message:
    assert (report.load_error is None) == loads, report.load_error
    message = report.load_error or report.checks[0].message
    assert message is not None
    assert report.score == 0
    return message
