"""A folder of authored files, read and written with nothing outside of it touched."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from questionbank.findings import Finding

MAX_FILES = 5_000
MAX_FILE_BYTES = 5_000_000
MAX_BYTES = 300_000_000
#: What an export writes and owns; everything else in the folder (.git, a README) is the author's.
FOLDERS = {
    "questions": {".yaml"},
    "variants": {".json"},
    "images": {".png", ".jpg", ".jpeg", ".webp"},
    "courses": {".yaml"},
}
FILES = ("shelves.yaml",)

Files = Mapping[str, bytes]


class FolderProblem(ValueError):
    """The operator's turn: the folder cannot be used as it is. The text says why, and what to do."""


@dataclass(frozen=True)
class ReadFolder:
    root: Path
    #: By path inside the folder, in order.
    files: dict[str, bytes]
    findings: tuple[Finding, ...]

    def under(self, folder: str, suffix: str) -> Iterator[tuple[str, bytes]]:
        for path, content in self.files.items():
            if path.startswith(f"{folder}/") and path.endswith(suffix):
                yield path, content


def read_folder(root: Path) -> ReadFolder:
    """All files an export would write. Links and special files are findings, and so is what is too large.

    FolderProblem: there is no such folder, or it holds nothing of ours.
    """
    root = root.resolve()
    if not root.is_dir():
        raise FolderProblem(f"{root} is no folder; name one that manage.py export_content wrote")
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    total = 0
    for path, problem in _walk(root):
        name = path.relative_to(root).as_posix()
        content = b"" if problem else _content(path)
        total += len(content)
        if not problem and len(content) > MAX_FILE_BYTES:
            problem = f"it is larger than {MAX_FILE_BYTES} bytes; divide it"
        if total > MAX_BYTES or len(files) >= MAX_FILES:
            raise FolderProblem(f"{root} holds more than {MAX_FILES} files or {MAX_BYTES} bytes; divide it")
        if problem:
            findings.append(Finding(Path(name), 1, "file", problem))
        else:
            files[name] = content
    if not files and not findings:
        raise FolderProblem(
            f"{root} holds nothing to import; manage.py export_content shows what it should hold"
        )
    return ReadFolder(root, dict(sorted(files.items())), tuple(findings))


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """(path, what is wrong with it), for what is ours."""
    for name in [*FOLDERS, *FILES]:
        pending = [root / name]
        while pending:
            path = pending.pop()
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:
                continue
            if stat.S_ISDIR(mode):
                pending += sorted(path.iterdir(), reverse=True)
            elif stat.S_ISREG(mode):
                known = FOLDERS.get(name)
                strange = known is not None and path.suffix not in known
                yield (
                    path,
                    f"a file of another kind than {', '.join(sorted(known or ()))}; move it out"
                    if strange
                    else "",
                )
            else:
                yield path, "a link or no ordinary file; put the file itself here"


def _content(path: Path) -> bytes:
    """Never through a link that came a moment ago; no more than is allowed, and one byte to tell."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def write_folder(root: Path, files: Files) -> None:
    """Makes the folder hold exactly these files of ours; what else is in it stays. Whoever looks sees each folder as it
    was or as it is, never half of it. FolderProblem: it holds something in a place of ours that would be lost."""
    root = root.resolve()
    root.parent.mkdir(parents=True, exist_ok=True)
    strange = [] if not root.exists() else [f"{path}: {problem}" for path, problem in _walk(root) if problem]
    if strange or (root.exists() and not root.is_dir()):
        raise FolderProblem("\n".join(strange or [f"{root} is no folder"]))
    beside = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.parent))
    try:
        new, old = beside / "new", beside / "old"
        new.mkdir(mode=0o755)
        old.mkdir()
        for name, content in files.items():
            target = new / _inside(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if not root.exists():
            new.rename(root)
            return
        for name in [*FOLDERS, *FILES]:
            if (root / name).exists():
                (root / name).rename(old / name)
            if (new / name).exists():
                (new / name).rename(root / name)
    finally:
        shutil.rmtree(beside)


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in {*FOLDERS, *FILES}:
        raise ValueError(f"{name!r} lies outside of what an export writes")
    return path
