"""The command `prova` as a student uses it, against a real site: sign in, fetch, check, hand in, read, sign out."""

import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.exercise import EXERCISES_FOLDER
from tests.site import Site

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("browser")]

#: in a course of its own: others count the people of the demo course
MAKE_LEARNER = """
from prova.accounts.models import User
from prova.assignments.models import Assignment, Exercise
from prova.courses.models import Course, Enrolment
course = Course.objects.create(slug="terminal", titles={"en": "Terminal"})
exercise = Exercise.objects.filter(slug="affine-quantization").latest("pk")
Assignment.objects.create(
    course=course, slug=exercise.slug, exercise_slug=exercise.slug, exercise=exercise, is_published=True
)
user = User.objects.create_user("term", password="a terminal of my own")
Enrolment.objects.create(course=course, user=user, role="learner")
"""
SOLUTION = EXERCISES_FOLDER / "affine-quantization" / "solutions" / "whole_arrays.py"


@dataclass
class Terminal:
    """Of somebody with a folder and settings of their own."""

    folder: Path

    def prova(self, *words: str, typed: str = "", language: str = "en") -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PROVA_")}
        return subprocess.run(
            [sys.executable, "-m", "grader.cli.command_line", *words, "--language", language],
            cwd=self.folder,
            env=kept | {"PROVA_CONFIG": str(self.folder / "settings"), "PYTHONPATH": str(Path.cwd())},
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )

    @property
    def kept(self) -> Path:
        return self.folder / "settings" / "credentials.json"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(scope="module")
def learner(site: Site) -> str:
    site.manage("shell", "-c", MAKE_LEARNER)
    return "term"


@pytest.fixture
def student(terminal: Terminal, site: Site, learner: str) -> Terminal:
    signed_in = terminal.prova("login", site.url, typed=f"{learner}\na terminal of my own\n")
    assert signed_in.returncode == 0, signed_in.stderr
    return terminal


def test_an_exercise_is_fetched_solved_checked_and_handed_in(student: Terminal) -> None:
    assert stat.S_IMODE(student.kept.stat().st_mode) == 0o600
    assert "affine-quantization" in student.prova("list").stdout
    got = student.prova("get", "affine-quantization")
    assert got.returncode == 0, got.stderr
    folder = student.folder / "affine-quantization"
    assert not {"solutions", "mutants", "baseline.py"} & {path.name for path in folder.iterdir()}

    own = folder / "submission.py"
    empty = student.prova("check", str(own))
    assert empty.returncode == 1
    assert "not written yet" in empty.stdout

    own.write_text(SOLUTION.read_text().replace("2**bits - 1", "2**bits"))
    wrong = student.prova("submit", str(own), language="pt-br")
    assert wrong.returncode == 1, wrong.stderr
    assert "Enviado como envio" in wrong.stderr
    here = student.prova("check", str(own), language="pt-br")
    failed = [line for line in here.stdout.splitlines() if line.startswith("✗")]
    assert failed
    assert set(failed) <= set(wrong.stdout.splitlines())

    own.write_text(SOLUTION.read_text())
    right = student.prova("check", str(own))
    assert right.returncode == 0, right.stdout
    assert "with hidden inputs" in right.stdout
    graded = student.prova("submit", str(own))
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert "hidden inputs" in graded.stdout
    assert "/submissions/" in graded.stdout

    again = student.prova("get", "affine-quantization")
    assert again.returncode == 0
    assert own.read_text() == SOLUTION.read_text()


def test_a_token_that_was_ended_opens_nothing_more(student: Terminal, site: Site) -> None:
    kept = student.kept.read_text()
    assert student.prova("logout").returncode == 0
    assert not student.kept.exists()
    assert "prova login" in student.prova("list").stderr
    student.kept.write_text(kept)
    refused = student.prova("list", language="pt-br")
    assert refused.returncode == 2
    assert f"prova login {site.url}" in refused.stderr
    assert "não aceita mais" in refused.stderr


def test_a_wrong_password_keeps_nothing(terminal: Terminal, site: Site, learner: str) -> None:
    refused = terminal.prova("login", site.url, typed=f"{learner}\nnot the password\n")
    assert refused.returncode == 2
    assert "do not belong together" in refused.stderr
    assert not terminal.kept.exists()


def test_an_exercise_that_nobody_set_is_refused_with_what_there_is(student: Terminal) -> None:
    refused = student.prova("get", "no-such-thing")
    assert refused.returncode == 2
    assert "affine-quantization" in refused.stderr
