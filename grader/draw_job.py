"""Drawing the variants of a question, as plain values that fit into a message. What a question is, nobody here knows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class DrawOutcome(StrEnum):
    DRAWN = "drawn"
    #: The author's turn (or the operator's, where there is no sandbox): `problem` says why.
    REFUSED = "refused"
    #: Ours: try again.
    SYSTEM_ERROR = "system_error"


@dataclass(frozen=True, kw_only=True)
class DrawJob:
    request_id: int  #: echoed in the report
    nonce: str  #: of this try; a report with another nonce is not recorded
    question: Mapping[str, Any]
    seed: str

    def to_message(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: Any) -> "DrawJob":
        """Parse at the door. ValueError: the message is not a drawing job."""
        kinds = {"request_id": int, "nonce": str, "question": dict, "seed": str}
        if (
            not isinstance(message, Mapping)
            or set(message) != set(kinds)
            or any(type(message[name]) is not kind for name, kind in kinds.items())
        ):
            raise ValueError("not a drawing job")
        return cls(**message)


@dataclass(frozen=True, kw_only=True)
class DrawReport:
    request_id: int
    nonce: str
    outcome: DrawOutcome
    variants: Sequence[Mapping[str, Any]] = ()
    redraws: Sequence[Mapping[str, Any]] = ()
    problem: Mapping[str, Any] = field(default_factory=dict)
    failure: str = ""  #: of ours, for the operator
    profile: str = ""  #: of the sandbox, where one was used

    def to_message(self) -> dict[str, Any]:
        return {
            **vars(self),
            "outcome": str(self.outcome),
            "variants": list(self.variants),
            "redraws": list(self.redraws),
        }

    @classmethod
    def from_message(cls, message: Any) -> "DrawReport":
        """ValueError: not a report. What the variants and the problem hold is for the question bank to say."""
        kinds: dict[str, type] = {
            "request_id": int,
            "nonce": str,
            "outcome": str,
            "variants": list,
            "redraws": list,
            "problem": dict,
            "failure": str,
            "profile": str,
        }
        if (
            not isinstance(message, Mapping)
            or set(message) != set(kinds)
            or any(type(message[name]) is not kind for name, kind in kinds.items())
        ):
            raise ValueError("not a report about drawing")
        return cls(**{**message, "outcome": DrawOutcome(message["outcome"])})
