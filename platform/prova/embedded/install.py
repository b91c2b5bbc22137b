"""The virtual environment `.venv`: made once, brought up to date when constraints.txt or pyproject.toml change.
Standard library only: this runs before anything is installed."""

import fcntl
import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prova.embedded.folders import Folders
from prova.embedded.pip import Pip, PipFailed
from prova.embedded.preflight import check_disk
from prova.embedded.refusal import Refusal

#: PyTorch's own index of builds without CUDA. Elsewhere the same version brings several GB of CUDA libraries.
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
NEEDED_BYTES = 3 * 2**30
#: Lies in .venv while packages are being written.
MARKER = "unfinished"


@dataclass(frozen=True)
class Stamp:
    """What a finished installation was made from."""

    python: str
    """Like 3.11: the version whose packages lie in .venv."""
    root: str
    """The checkout. A moved .venv points to where it was."""
    requirements: str
    extras: tuple[str, ...]

    def serves(self, wanted: "Stamp") -> bool:
        return self.requirements == wanted.requirements and set(wanted.extras) <= set(self.extras)


def ensure_installed(folders: Folders, extras: Sequence[str] = ()) -> None:
    """Quick when there is nothing to do. After an interruption at any point, the next call starts from a clean state."""
    if not _serves(folders, extras):
        with _alone(folders.root):
            if not _serves(folders, extras):
                _bring_up_to_date(folders, extras)


def _serves(folders: Folders, extras: Sequence[str]) -> bool:
    stamp = _read(folders)
    return bool(stamp and _usable(folders, stamp) and stamp.serves(_wanted(folders.root, extras)))


def _bring_up_to_date(folders: Folders, extras: Sequence[str]) -> None:
    if folders.venv.is_symlink():
        raise Refusal(
            f"{folders.venv} is a link to an environment of somebody else: remove the link and start again."
        )
    wanted = _wanted(folders.root, extras)
    stamp = _read(folders)
    if stamp and _usable(folders, stamp):
        wanted = Stamp(stamp.python, stamp.root, wanted.requirements, tuple(sorted({*stamp.extras, *extras})))
    elif stamp or _marker(folders).exists():
        shutil.rmtree(folders.venv)
    _install(folders, wanted, fresh=not folders.python.exists())


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One installation at a time; a second one waits and then finds it done."""
    _check_writable(root)
    (root / "var").mkdir(exist_ok=True)
    with (root / "var" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(folders: Folders, wanted: Stamp, fresh: bool) -> None:
    check_disk(
        folders.root, NEEDED_BYTES if fresh else NEEDED_BYTES // 4, "move the checkout to another disk"
    )
    print(
        "Installing Prova's dependencies into .venv (about 1.5 GB; 2 to 5 minutes on a good connection)."
        if fresh
        else "Bringing .venv up to date.",
        flush=True,
    )
    log = folders.root / "var" / "log" / "install.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    pip = Pip(folders.python, folders.root, log)
    try:
        if fresh:
            _make_venv(folders.venv)
        _steps(pip, folders.root, wanted.extras, before_change=lambda: _mark_unfinished(folders))
    except PipFailed as failure:
        if fresh:
            shutil.rmtree(folders.venv, ignore_errors=True)
        raise Refusal(_advice(failure, log)) from None
    except BaseException:
        if fresh:
            shutil.rmtree(folders.venv, ignore_errors=True)
        raise
    _stamp(folders).write_text(json.dumps(wanted.__dict__))
    _marker(folders).unlink(missing_ok=True)
    print("Installed.", flush=True)


def _steps(pip: Pip, root: Path, extras: Sequence[str], before_change: Callable[[], None]) -> None:
    torch = ("--no-deps", "--extra-index-url", TORCH_CPU_INDEX, _torch_requirement(root))
    project = f"{root}[{','.join(('site', *extras))}]"
    try:
        # Short patience: where PyTorch's index is out of reach, the package comes from the registry set up on this machine.
        pip.install("torch (CPU build)", ("--retries", "0", "--timeout", "5", *torch), before_change)
    except PipFailed:
        pip.install(
            "torch (CPU build), second try", ("--retries", "3", "--timeout", "60", *torch), before_change
        )
    pip.install(
        "everything else",
        ("--only-binary", ":all:", "--constraint", str(root / "constraints.txt"), "--editable", project),
        before_change,
    )


def _make_venv(folder: Path) -> None:
    if missing := [name for name in ("venv", "ensurepip") if not _has_module(name)]:
        raise Refusal(
            f"This Python has no {missing[0]} module: install it with `apt install python3-venv` as root "
            f"(where python3 is another version: `python{_version()}-venv`), then start again."
        )
    folder.mkdir(exist_ok=True)
    (folder / MARKER).touch()
    done = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise Refusal(
            f"The virtual environment {folder} could not be made: {(done.stdout + done.stderr).strip()}"
        )


def _has_module(name: str) -> bool:
    try:
        return importlib.import_module(name).__file__ is not None
    except ImportError:
        return False


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _check_writable(root: Path) -> None:
    if not os.access(root, os.W_OK):
        raise Refusal(
            f"You may not write in {root}, where .venv would go: make a copy of the checkout that belongs to you, "
            "or run this as its owner."
        )


def _advice(failure: PipFailed, log: Path) -> str:
    said = failure.tail
    if "No space left on device" in said:
        return (
            f"The disk is full: free {NEEDED_BYTES // 2**30} GB and start again (nothing half-made was kept)."
        )
    network = (
        "Could not find a version",
        "No matching distribution",
        "connection",
        "ConnectionError",
        "timed out",
    )
    if any(sign in said for sign in network):
        return (
            f"The installation stopped at {failure.step}: a package could not be fetched. Check the network and pip's own settings "
            f"(`pip config list`), then start again. The full log is {log}; its end:\n{said}"
        )
    return f"The installation stopped at {failure.step}. The full log is {log}; its end:\n{said}"


def _wanted(root: Path, extras: Sequence[str]) -> Stamp:
    content = b"".join((root / name).read_bytes() for name in ("constraints.txt", "pyproject.toml"))
    return Stamp(_version(), str(root), hashlib.sha256(content).hexdigest(), tuple(sorted(extras)))


def _usable(folders: Folders, stamp: Stamp) -> bool:
    """False after the checkout moved, and after the system's Python was removed or replaced by a newer one."""
    if stamp.root != str(folders.root):
        return False
    behind = folders.python.resolve()
    version = behind.name.removeprefix("python")
    return behind.exists() and (not version.startswith("3.") or version == stamp.python)


def _torch_requirement(root: Path) -> str:
    lines = (root / "constraints.txt").read_text().splitlines()
    return next(line for line in lines if line.startswith("torch=="))


def _stamp(folders: Folders) -> Path:
    return folders.venv / "prova-installed.json"


def _marker(folders: Folders) -> Path:
    """There while packages are being changed. Found at the next start, the environment is made anew."""
    return folders.venv / MARKER


def _mark_unfinished(folders: Folders) -> None:
    _marker(folders).touch()
    _stamp(folders).unlink(missing_ok=True)


def _read(folders: Folders) -> Stamp | None:
    try:
        found = json.loads(_stamp(folders).read_text())
        return Stamp(found["python"], found["root"], found["requirements"], tuple(found["extras"]))
    except (FileNotFoundError, ValueError, KeyError):
        return None
