"""All that goes out: what became of a submission, as plain values that fit into a message.

Texts for people are not in here: a message is a key with parameters, and `grader.messages` turns it into a sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from grader.metric import Metric, metric_from_message
from grader.picture import Picture, picture_from_message


class Verdict(StrEnum):
    """How one check ended. All but the last two are about the learner's code."""

    PASSED = "passed"
    PARTIAL = "partial"  #: a measured number is worth part of the points
    CARRIED = "carried"  #: right but for a mistake that is counted at another check: all points
    WRONG_ANSWER = "wrong_answer"
    ERROR = "error"  #: the learner's code raised, or returned what cannot cross
    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    NO_RESULT = "no_result"  #: ended its own process or closed the channel
    CRASHED = "crashed"
    FORBIDDEN = "forbidden"  #: a system call that is not allowed
    BROKEN_CHANNEL = "broken_channel"
    NOT_RUN = "not_run"  #: the file did not load, or there was no time left
    SYSTEM_ERROR = "system_error"  #: ours; never in a recorded mark

    @property
    def earns_all(self) -> bool:
        """The points of its check."""
        return self in {Verdict.PASSED, Verdict.CARRIED}


class Outcome(StrEnum):
    GRADED = "graded"
    SYSTEM_ERROR = "system_error"  #: ours: retried, costs the learner nothing


@dataclass(frozen=True, kw_only=True)
class Message:
    key: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ShownCall:
    """One call of the smallest failing example, as the learner could repeat it."""

    function: str
    arguments: tuple[str, ...]  #: each as Python source text, cut where long
    returned: str | None = None  #: None: it did not return


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    name: str
    points: float
    max_points: float
    verdict: Verdict
    visible: bool
    message: Message | None = None  #: None when passed, unless something was measured
    slip: str | None = None  #: key of the named mistake, when one explains the wrong value
    example: tuple[ShownCall, ...] = ()  #: empty for hidden checks
    got: str | None = None
    expected: str | None = None
    calls: int = 0
    cpu_s: float = 0.0
    check_bug: str = ""  #: for the instructor: the check itself stumbled over this value
    #: more than one: a little over a limit, it was repeated with the machine to itself, and the best run counts
    runs: int = 1
    pictures: tuple[Picture, ...] = ()  #: empty for hidden checks
    metric: Metric | None = None  #: None for hidden checks
    cause: str = ""  #: of a failure, where it can be told (`grader.families`)


@dataclass(frozen=True, kw_only=True)
class Usage:
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_bytes: int = 0
    sessions: int = 0


@dataclass(frozen=True, kw_only=True)
class GradingReport:
    submission_id: int
    nonce: str
    outcome: Outcome
    exercise: str
    exercise_version: str
    checks: tuple[CheckResult, ...] = ()
    score: float = 0.0
    max_score: float = 0.0
    load_error: Message | None = None  #: why the file could not be loaded at all
    printed: str = ""  #: what the learner's code printed, cleaned and cut
    profile: str = ""  #: sandbox profile, A or B
    versions: Mapping[str, str] = field(default_factory=dict)
    cpu_model: str = ""
    usage: Usage = field(default_factory=Usage)
    #: times by which limits were widened, as this machine is slower than the reference
    cpu_scale: float = 1.0
    failure: str = ""  #: for operators, when the outcome is a system error
    #: hidden checks in full, for instructors, and for learners once the assignment has closed; never kept with `checks`
    hidden_details: tuple[CheckResult, ...] = ()
    #: hints about the source that never change a mark, from `grader.source_review`
    notices: tuple[Message, ...] = ()

    def to_message(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> "GradingReport":
        """Parse at the door. ValueError: the message is not a grading report."""
        try:
            return cls(
                **{
                    **message,
                    "outcome": Outcome(message["outcome"]),
                    "checks": check_results_from_message(message["checks"]),
                    "load_error": _message(message["load_error"]),
                    "usage": Usage(**message["usage"]),
                    "notices": tuple(_required(notice) for notice in message.get("notices", ())),
                    "hidden_details": check_results_from_message(message.get("hidden_details", ())),
                }
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a grading report: {error}") from None


@dataclass(frozen=True, kw_only=True)
class ProgressNote:
    """A sign of life on the way: advisory, may be lost, never a mark."""

    submission_id: int
    nonce: str
    kind: str  #: "started" or "check_ended"
    check: str = ""
    verdict: str = ""
    done: int = 0
    total: int = 0

    def to_message(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> "ProgressNote":
        try:
            return cls(**message)
        except TypeError as error:
            raise ValueError(f"not a progress note: {error}") from None


def check_results_from_message(message: Iterable[Mapping[str, Any]]) -> tuple[CheckResult, ...]:
    """KeyError, TypeError, ValueError: these are no results of checks."""
    return tuple(_check_result(check) for check in message)


def _message(value: Mapping[str, Any] | None) -> Message | None:
    return None if value is None else _required(value)


def _required(value: Mapping[str, Any]) -> Message:
    return Message(key=value["key"], params=dict(value["params"]))


def _check_result(value: Mapping[str, Any]) -> CheckResult:
    example = tuple(
        ShownCall(function=call["function"], arguments=tuple(call["arguments"]), returned=call["returned"])
        for call in value["example"]
    )
    return CheckResult(
        **{
            **value,
            "verdict": Verdict(value["verdict"]),
            "message": _message(value["message"]),
            "example": example,
            "pictures": tuple(picture_from_message(picture) for picture in value.get("pictures", ())),
            "metric": metric_from_message(value.get("metric")),
        }
    )
