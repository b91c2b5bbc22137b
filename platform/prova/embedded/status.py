"""What runs now, as a file: read by a second `up`, by management commands and by tests."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Status:
    url: str
    supervisor: int
    ready: bool
    database_url: str
    """Empty until the server answers, and so is broker_url."""
    broker_url: str
    pids: dict[str, int] = field(default_factory=dict)
    restarts: dict[str, int] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """In one step: a reader never sees half a file. Only for our eyes: a DATABASE_URL may hold a password."""
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        draft.rename(path)


def read_status(path: Path) -> Status | None:
    try:
        return Status(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
