"""All that comes in: one submission to be graded, as plain values that fit into a message."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class GradingJob:
    submission_id: int  #: echoed in the report; the grader knows nothing else of it
    nonce: str  #: of this try; a report with another nonce is not recorded
    exercise: str  #: slug, the folder's name
    exercise_version: str  #: content hash; a worker that holds another version refuses (a failure of ours)
    source: str  #: the learner's file
    seed: int  #: of the hidden checks' inputs

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
        if set(message) != set(fields) or any(
            type(message[name]) is not kind for name, kind in fields.items()
        ):
            raise ValueError("not a grading job")
        return cls(**message)
