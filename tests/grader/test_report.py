import json

import pytest

from grader.job import GradingJob
from grader.report import (
    CheckResult,
    GradingReport,
    Message,
    Outcome,
    ProgressNote,
    ShownCall,
    Usage,
    Verdict,
)

REPORT = GradingReport(
    submission_id=4,
    nonce="n",
    outcome=Outcome.GRADED,
    exercise="x",
    exercise_version="v",
    checks=(
        CheckResult(
            name="a",
            points=0.0,
            max_points=2.0,
            verdict=Verdict.WRONG_ANSWER,
            visible=True,
            message=Message(key="squared", params={"got": "4", "n": 2, "limit": 0.5}),
            slip="squared",
            example=(ShownCall(function="f", arguments=("2", "bits=3"), returned="4"),),
            got="4",
            expected="5",
            calls=51,
            cpu_s=0.25,
        ),
        CheckResult(name="b", points=1.0, max_points=1.0, verdict=Verdict.PASSED, visible=False),
    ),
    score=1.0,
    max_score=3.0,
    load_error=Message(key="k"),
    printed="é",
    profile="B",
    versions={"numpy": "2"},
    usage=Usage(cpu_s=1.0, wall_s=2.0, peak_bytes=3, sessions=4),
    notices=(Message(key="n", params={"line": 3}),),
)
JOB = GradingJob(
    submission_id=1, nonce="n", exercise="x", exercise_version="v", source="é\n", seed=3, modules={"a.b": "x"}
)
NOTE = ProgressNote(
    submission_id=1, nonce="n", kind="check_ended", check="a", verdict="passed", done=1, total=2
)


@pytest.mark.parametrize("value", [REPORT, JOB, NOTE], ids=lambda value: type(value).__name__)
def test_a_message_read_back_is_the_same_value(value: GradingReport | GradingJob | ProgressNote) -> None:
    assert type(value).from_message(json.loads(json.dumps(value.to_message()))) == value


@pytest.mark.parametrize(
    "change",
    [
        {"seed": "3"},
        {"seed": True},
        {"extra": 1},
        {"modules": {"a": 1}},
        {"modules": [["a", "b"]]},
        {"modules": None},
    ],
)
def test_what_is_not_a_job_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a grading job"):
        GradingJob.from_message({**JOB.to_message(), **change})


@pytest.mark.parametrize("change", [{"outcome": "lost"}, {"checks": [{}]}, {"extra": 1}, {"usage": {"x": 1}}])
def test_what_is_not_a_report_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        GradingReport.from_message({**REPORT.to_message(), **change})


def test_a_job_from_before_there_were_several_files_has_one() -> None:
    message = JOB.to_message()
    del message["modules"]

    assert GradingJob.from_message(message).modules == {}
