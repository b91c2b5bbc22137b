"""Every folder of `hostile/` is a submission that tries something, and what must come of it under both profiles."""

import io
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from grader.exercise import Exercise, worst_case_wall_s
from grader.job import GradingJob
from grader.judge import grade
from grader.messages import LANGUAGES, explain
from grader.report import CheckResult, GradingReport, Message, Outcome, Verdict
from grader.sandbox import Profile, Zygote, wire
from grader.sandbox.profiles import inspect_machine
from grader.terminal import print_report
from tests.grader.hostile_cases import Expected, HostileCase, find_cases, read_case
from tests.grader.traces import files_left, own_uid, processes, processes_left

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(60)]

REPOSITORY = str(Path(__file__).parents[2])
WORDS = {"repository": REPOSITORY, "prefix": sys.prefix}
#: those that need the same libraries follow each other: starting torch takes longer than most of them
CASES = sorted((read_case(folder, WORDS) for folder in find_cases()), key=lambda case: case.imports)
BACKSTOP_CPU_S = 2.0  #: of the kernel's own limit, above the one that is watched from outside
HONEST = """
import builtins
import os
import numpy as np

def work(values):
    return [float(np.mean(values)), builtins.sum([1, 2]), bool(np.array_equal(values, values))]
"""


@cache
def _zygote_of(profile: Profile, imports: tuple[str, ...]) -> tuple[Profile, tuple[str, ...]]:
    """The very same tuple each time: that is how pytest knows that two tests share a zygote."""
    return profile, imports


@pytest.fixture(scope="module")
def zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    profile, imports = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(own_uid()))
        if missing := inspect_machine().missing(profile):
            pytest.skip(f"PROFILE {profile} IS NOT TESTED HERE: {' '.join(missing)}")
        with Zygote(profile, imports, spares=0) as zygote:
            yield zygote


@pytest.mark.parametrize(
    ("zygote", "case"),
    [
        pytest.param(_zygote_of(profile, case.imports), case, id=f"profile_{profile}-{case.name}")
        for profile in Profile
        for case in CASES
        if profile in case.profiles
    ],
    indirect=["zygote"],
    scope="module",  # else a zygote would live for one test only
)
def test_a_hostile_submission_gets_its_verdict_and_nothing_else(zygote: Zygote, case: HostileCase) -> None:
    before, served_by = processes(zygote), zygote.pid

    for _ in range(case.repeat):
        report = _judged(zygote, case)
        _is_as_expected(report, case)

    with zygote.open(HONEST) as session:
        assert session.call("work", [np.array([1.0, 3.0])]) == [2.0, 3, True]
    assert zygote.pid == served_by, "the zygote did not survive"
    assert processes_left(zygote, before) == set(), "a process is left"
    assert files_left() == [], "a file is left"


def _judged(zygote: Zygote, case: HostileCase) -> GradingReport:
    gradable = case.gradable()
    exercise = gradable.exercise
    job = GradingJob(
        submission_id=1,
        nonce="n",
        exercise=exercise.slug,
        exercise_version=exercise.version,
        source=case.source,
        modules=case.modules,
        seed=0,
    )
    report = grade(zygote, gradable, job, profile=zygote.profile)
    _is_clean(report)
    _can_be_read(report, exercise)
    assert GradingReport.from_message(json.loads(json.dumps(report.to_message()))) == report
    assert report.usage.cpu_s <= case.limits.total_cpu_s + BACKSTOP_CPU_S
    assert report.usage.wall_s <= worst_case_wall_s(case.limits)
    return report


# ---------------------------------------------------------------- what must come of it


def _is_as_expected(report: GradingReport, case: HostileCase) -> None:
    assert report.outcome is Outcome.GRADED
    assert {notice.key for notice in report.notices} >= set(case.notices)
    assert report.score == sum(check.verdict is Verdict.PASSED for check in report.checks)
    if case.load is not None:
        assert report.load_error is not None, "loaded, but must not"
        _says(report.load_error, case.load)
        assert report.score == 0
        return
    assert report.load_error is None, report.load_error
    for check, expected in zip(report.checks, case.calls, strict=True):
        _ended(check, expected)
    assert all(text in report.printed for text in case.prints)
    assert not any(text in report.printed for text in case.prints_not)


def _ended(check: CheckResult, expected: Expected) -> None:
    assert check.verdict in expected.verdicts, check
    assert check.check_bug == ""
    if check.verdict is Verdict.PASSED:
        return
    assert check.points == 0
    assert check.message is not None
    _says(check.message, expected)


def _says(message: Message, expected: Expected) -> None:
    assert message.key in expected.keys, message
    assert message.params.get("line") == expected.line or expected.line is None, message
    for language in LANGUAGES:
        text = explain(message, language)
        assert all(part in text for part in expected.says), text
        assert not any(part in text for part in expected.says_not), text


# ---------------------------------------------------------------- what holds for every report


def _is_clean(report: GradingReport) -> None:
    """PostgreSQL takes it, no terminal obeys it, and it tells nothing of this machine."""
    for text in _texts(report.to_message()):
        assert text == wire.clean(text)
        assert REPOSITORY not in text
        assert sys.prefix not in text
        assert os.path.dirname(np.__file__) not in text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(key)
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _can_be_read(report: GradingReport, exercise: Exercise) -> None:
    """In both languages: a sentence that is no template, and a whole page without control characters."""
    messages = [report.load_error, *report.notices, *(check.message for check in report.checks)]
    for message in filter(None, messages):
        texts = [explain(message, language) for language in LANGUAGES]
        assert len(set(texts)) == len(LANGUAGES)
        assert all(20 < len(text) < 1200 and not text.startswith(message.key) for text in texts), texts
    for language in LANGUAGES:
        page = io.StringIO()
        print_report(report, exercise, language, Console(file=page, width=110, highlight=False))
        assert page.getvalue() == wire.clean(page.getvalue())
