"""What an exercise ranks by, as its metadata say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Terms:
    check: str  #: ranks
    rises: bool  #: more is better
    is_hidden: bool
    against: str | None  #: the second axis
    against_rises: bool
    against_is_hidden: bool
    measured: frozenset[str]  #: checks that give a part of their points
    required: frozenset[str]  #: all others have to be passed

    @classmethod
    def of(cls, metadata: Mapping[str, Any]) -> "Terms | None":
        """None: the exercise has no leaderboard, or was loaded before there were any."""
        board = metadata.get("leaderboard")
        if not board:
            return None
        visible = {check["name"]: check["visible"] for check in metadata["checks"]}
        measured = frozenset(check["name"] for check in metadata["checks"] if check.get("curve"))
        against = board["against"]
        return cls(
            check=board["check"],
            rises=board["rises"],
            is_hidden=not visible[board["check"]],
            against=against,
            against_rises=board["against_rises"],
            against_is_hidden=bool(against) and not visible[against],
            measured=measured,
            required=frozenset(visible) - measured,
        )

    @property
    def name(self) -> str:
        """Equal for terms under which results can be compared."""
        sides = [(self.check, self.is_hidden, self.rises), (self.against, self.against_is_hidden, True)]
        return " / ".join(
            f"{check}{' (hidden)' if hidden else ''}{'' if rises else ' (less is better)'}"
            for check, hidden, rises in sides
            if check
        )

    @property
    def has_hidden(self) -> bool:
        return self.is_hidden or self.against_is_hidden
