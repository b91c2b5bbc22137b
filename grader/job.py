"""All that comes in: one submission to be graded, as plain values that fit into a message."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.exercise import Exercise


@dataclass(frozen=True, kw_only=True)
class GradingJob:
    submission_id: int  #: echoed in the report; the grader knows nothing else of it
    nonce: str  #: of this try; a report with another nonce is not recorded
    exercise: str  #: slug, the folder's name
    exercise_version: str  #: content hash; a worker that holds another version refuses (a failure of ours)
    source: str  #: the learner's file, the main one where there are several
    seed: int  #: of the hidden checks' inputs
    modules: Mapping[str, str] = field(default_factory=dict)  #: further files: dotted module name -> source

    @classmethod
    def of_nobody(
        cls, exercise: "Exercise", source: str, *, modules: Mapping[str, str] | None = None, seed: int = 0
    ) -> "GradingJob":
        """Graded here, for whoever sits at the terminal: no submission of the site."""
        return cls(
            submission_id=0,
            nonce="",
            exercise=exercise.slug,
            exercise_version=exercise.version,
            source=source,
            seed=seed,
            modules=modules or {},
        )

    @property
    def source_bytes(self) -> int:
        """Of all files together, in UTF-8."""
        return sum(len(text.encode("utf-8", "replace")) for text in (self.source, *self.modules.values()))

    def to_message(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> "GradingJob":
        """Parse at the door. ValueError: the message is not a grading job."""
        fields: dict[str, type] = {
            "submission_id": int,
            "nonce": str,
            "exercise": str,
            "exercise_version": str,
            "source": str,
            "seed": int,
        }
        if set(message) - {"modules"} != set(fields) or any(
            type(message[name]) is not kind for name, kind in fields.items()
        ):
            raise ValueError("not a grading job")
        return cls(**{**message, "modules": _modules(message.get("modules", {}))})


def _modules(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or any(type(text) is not str for pair in value.items() for text in pair):
        raise ValueError("not a grading job: its modules are not names and texts")
    return value
