"""Judges of one machine among each other: side by side as a rule, one alone where time is measured a second time.

Two locks of the kernel on files of one folder; they go with the process that holds them.

    room   shared while a check runs, exclusive while one is repeated alone
    door   shared for a moment on the way into the room; who waits to be alone keeps it, so that the room empties

Nobody waits longer than its patience: then a check runs all the same, and only its time is less certain.
"""

import logging
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

logger = logging.getLogger(__name__)

_LOOK_AGAIN_S = 0.005


class Machine:
    """`folder`: judges with the same one wait for each other. None: nobody is waited for."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @contextmanager
    def among_others(self, patience_s: float) -> Iterator[None]:
        """Around one check: first lets those finish who have to be alone."""
        until_s = time.monotonic() + patience_s
        with ExitStack() as held:
            with self._locked("door", shared=True, until_s=until_s):
                held.enter_context(self._locked("room", shared=True, until_s=until_s))
            yield

    @contextmanager
    def alone(self, patience_s: float) -> Iterator[bool]:
        """Waits until no other judge computes, and keeps them out. False: patience ended before they did."""
        until_s = time.monotonic() + patience_s
        with (
            self._locked("door", shared=False, until_s=until_s) as at_door,
            self._locked("room", shared=False, until_s=until_s) as in_room,
        ):
            yield at_door and in_room

    @contextmanager
    def _locked(self, name: str, *, shared: bool, until_s: float) -> Iterator[bool]:
        if self._folder is None:
            yield True
            return
        try:
            file = _opened(self._folder, name)
        except OSError as error:  # a verdict is worth more than an undisturbed measurement
            logger.warning("%s: %s. Graders of this machine do not wait for each other.", self._folder, error)
            yield True
            return
        try:
            yield _lock(file, shared, until_s)
        finally:
            os.close(file)  # gives the lock back


def _opened(folder: Path, name: str) -> int:
    """A descriptor to lock. OSError: the folder is gone for good, or not ours any more."""
    flags = os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC  # a lock needs no more than reading
    try:
        return os.open(folder / name, flags, 0o660)
    except (
        FileNotFoundError
    ):  # whoever cleans up temporary files has removed what was not written to for days
        _make(folder)
        return os.open(folder / name, flags, 0o660)


def this_machine(setting: str | None = None) -> Machine:
    """`setting`: a folder for all graders of the machine, where they do not share a folder for temporary files."""
    folder = Path(setting or os.environ.get("GRADING_LOCK_FOLDER") or _own_folder())
    try:
        _make(folder)
    except OSError as error:
        logger.warning(
            "%s: %s. Graders of this machine do not wait for each other, so that checks just over a time limit are "
            "repeated beside other work. Set GRADING_LOCK_FOLDER to a folder that only graders can write to.",
            folder,
            error.strerror,
        )
        return Machine(None)
    return Machine(folder)


def _own_folder() -> str:
    return str(Path(tempfile.gettempdir()) / f"prova-graders-{os.getuid()}")


def _make(folder: Path) -> None:
    """OSError: it cannot be made, or is another user's, who could keep graders waiting."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(0, "not a folder")
    if found.st_uid not in {0, os.getuid()} or found.st_mode & stat.S_IWOTH:
        raise PermissionError(0, "others can write there")


def _lock(file: int, shared: bool, until_s: float) -> bool:
    import fcntl  # Windows has none, and there nobody is waited for

    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until_s:
                return False
            time.sleep(_LOOK_AGAIN_S)
        else:
            return True
