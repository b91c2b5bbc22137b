"""What a worker makes of a job, without a broker; the way through a real one is in tests/end_to_end."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.budget import OVERTIME
from grader.calibration import REFERENCE_CPU_S, Calibration
from grader.exercise import ExerciseLimits, read_exercise
from grader.report import GradingReport, Outcome
from grader.sandbox import Profile, SandboxRefused, SystemFailure
from grader.worker import GradingWorker, Sandbox
from tests.grader.fakes import FakeSandbox, Sent
from tests.grader.packages import DOUBLING, RIGHT, job, write_exercise


def fake_sandbox(profile: Profile, imports: tuple[str, ...]) -> Sandbox:
    return FakeSandbox()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_exercise(tmp_path)


@pytest.fixture
def worker(folder: Path) -> Iterator[GradingWorker]:
    worker = GradingWorker(folder.parent, profile=Profile.B, make_sandbox=fake_sandbox)
    worker.prepare()
    worker.start()
    yield worker
    worker.close()


def test_a_job_becomes_a_report_of_the_same_try(worker: GradingWorker, folder: Path) -> None:
    report = worker.handle(job(read_exercise(folder), RIGHT), Sent().note)

    assert (report.submission_id, report.nonce) == (3, "once")
    assert (report.outcome, report.score, report.profile) == (Outcome.GRADED, 3.0, "B")
    assert GradingReport.from_message(json.loads(json.dumps(report.to_message()))) == report


def test_a_slow_machine_widens_limits_and_says_so(folder: Path) -> None:
    """A call of the fake sandbox takes 0.1 ms, twice what the reference is said to need."""
    calibration = Calibration(dict.fromkeys(REFERENCE_CPU_S, 0.00005))
    sandbox = FakeSandbox()
    worker = GradingWorker(
        folder.parent, profile=Profile.B, make_sandbox=lambda *_: sandbox, calibration=calibration
    )
    worker.prepare()
    worker.start()

    report = worker.handle(job(read_exercise(folder), RIGHT), Sent().note)

    assert report.cpu_scale == 2.0
    assert sandbox.limits[-1].call_cpu_s == OVERTIME * 2.0 * ExerciseLimits().call_cpu_s
    measured = len(sandbox.opened)
    worker.rest()
    assert len(sandbox.opened) == measured  # measured a moment ago


def test_the_start_is_told_at_once(worker: GradingWorker, folder: Path) -> None:
    sent = Sent()

    worker.handle(job(read_exercise(folder), RIGHT), sent.note)

    assert (sent.notes[0].kind, sent.notes[0].total, sent.notes[0].nonce) == ("started", 2, "once")


def test_a_job_for_a_version_that_is_not_here_is_our_failure(worker: GradingWorker, folder: Path) -> None:
    wanted = replace(job(read_exercise(folder), RIGHT), exercise_version="of another release")

    report = worker.handle(wanted, Sent().note)

    assert report.outcome is Outcome.SYSTEM_ERROR
    assert report.exercise_version == wanted.exercise_version
    assert "Give web and grading workers the same files" in report.failure
    assert report.checks == ()


def test_a_job_of_before_a_change_is_judged_by_a_worker_that_still_holds_that_version(
    worker: GradingWorker, folder: Path
) -> None:
    before = job(read_exercise(folder), RIGHT)
    (folder / "checks.py").write_text(DOUBLING.replace("points=2", "points=5"))

    assert worker.handle(before, Sent().note).score == 3.0


def test_a_version_that_came_after_the_worker_started_is_loaded(worker: GradingWorker, folder: Path) -> None:
    (folder / "checks.py").write_text(DOUBLING.replace("points=2", "points=5"))

    report = worker.handle(job(read_exercise(folder), RIGHT), Sent().note)

    assert (report.outcome, report.score) == (Outcome.GRADED, 6.0)


@pytest.mark.parametrize("slug", ["unknown", "../doubling", "/etc"])
def test_an_exercise_that_is_not_there_is_our_failure(worker: GradingWorker, folder: Path, slug: str) -> None:
    report = worker.handle(replace(job(read_exercise(folder), RIGHT), exercise=slug), Sent().note)

    assert report.outcome is Outcome.SYSTEM_ERROR


def test_a_broken_exercise_does_not_keep_the_others_from_being_graded(folder: Path) -> None:
    (folder.parent / "broken").mkdir()
    (folder.parent / "broken" / "exercise.toml").write_text("nonsense")
    worker = GradingWorker(folder.parent, profile=Profile.B, make_sandbox=fake_sandbox)

    worker.prepare()

    assert worker.handle(job(read_exercise(folder), RIGHT), Sent().note).outcome is Outcome.GRADED


@pytest.mark.parametrize("failure", [SystemFailure("it died"), RuntimeError("a mistake of ours")])
def test_whatever_breaks_on_our_side_is_reported_as_ours(folder: Path, failure: Exception) -> None:
    def broken(number: int) -> None:
        raise failure

    worker = GradingWorker(
        folder.parent, profile=Profile.B, make_sandbox=lambda profile, imports: FakeSandbox(on_open=broken)
    )

    report = worker.handle(job(read_exercise(folder), RIGHT), Sent().note)

    assert report.outcome is Outcome.SYSTEM_ERROR
    assert str(failure) in report.failure
    assert (report.score, report.max_score) == (0.0, 0.0)


def test_a_machine_that_refuses_the_sandbox_serves_nobody(folder: Path) -> None:
    def refused(profile: Profile, imports: tuple[str, ...]) -> Sandbox:
        raise SandboxRefused(("Landlock is missing.",))

    worker = GradingWorker(folder.parent, profile=Profile.B, make_sandbox=refused)

    with pytest.raises(SandboxRefused):
        worker.start()
