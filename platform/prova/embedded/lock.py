"""One owner per data folder. The kernel lets go of the lock when its last holder is gone, however it went."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType


@dataclass(frozen=True)
class Holder:
    pid: int
    what: str
    """`up` or the management command that started the servers."""
    url: str = ""


class Taken(Exception):
    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


class DataLock:
    def __init__(self, path: Path, holder: Holder) -> None:
        self._path, self._holder = path, holder
        self._descriptor = -1

    def __enter__(self) -> "DataLock":
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(self._descriptor)
            os.close(self._descriptor)
            raise Taken(holder) from None
        self.describe(self._holder)
        return self

    def describe(self, holder: Holder) -> None:
        """What a second one is told."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(asdict(holder)).encode(), 0)

    def check(self) -> None:
        """Raises Taken; takes nothing."""
        if self._path.exists():
            with self:
                pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)


def _read(descriptor: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(descriptor, 4096, 0)))
    except (ValueError, TypeError):
        return None
