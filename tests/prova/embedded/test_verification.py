"""`manage.py test` and what .ci/run asks of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prova.embedded.verification import Step, failed_steps, steps

ROOT = Path(__file__).resolve().parents[3]


def test_every_kind_of_check_is_there_and_the_tests_come_last():
    names = [step.name for step in steps([])]
    assert names == ["format", "lint", "catalogues", "types", "import contracts", "migrations", "tests"]


def test_what_stands_behind_the_dashes_goes_to_pytest():
    assert steps(["-k", "valkey", "tests/prova"])[-1].command[-3:] == ("-k", "valkey", "tests/prova")


def test_what_fails_is_named_beside_the_tests_and_in_them():
    def step(name: str, code: int) -> Step:
        return Step(name, ("python", "-c", f"raise SystemExit({code})"))

    ran = [step("first", 1), step("second", 0), step("third", 2), step("tests", 0)]
    assert failed_steps(ran, ROOT, os.environ) == ["first", "third"]
    assert failed_steps([step("first", 0), step("tests", 1)], ROOT, os.environ) == ["tests"]


SKIPS = """
import pytest

@pytest.mark.sandbox
def test_sandbox(): pytest.skip("no bubblewrap here")

@pytest.mark.browser
@pytest.mark.skip(reason="no browser here")
def test_browser(): pass

def test_other(): pytest.skip("may be skipped")
"""


@pytest.mark.parametrize(("require", "summary"), [("", "3 skipped"), ("1", "1 failed, 1 skipped, 1 error")])
def test_skips_of_sandbox_and_browser_tests_fail_where_all_are_required(tmp_path, require, summary):
    (tmp_path / "test_skips.py").write_text(SKIPS)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [
            *command,
            "-c",
            str(ROOT / "pyproject.toml"),
            "--rootdir",
            str(tmp_path),
            str(tmp_path / "test_skips.py"),
        ],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        | {"PROVA_REQUIRE_ALL": require, "DATABASE_URL": "postgresql://nowhere/none"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines()[-1].startswith(summary), done.stdout
    assert ("no bubblewrap here" in done.stdout) or not require
