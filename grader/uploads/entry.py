"""What the names in an archive may be. Nothing is unpacked to a disk; a name decides only what a module is called."""

import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn
from zipfile import ZipInfo

from grader.uploads.upload import UploadRefused
from grader.visible import hides, shown_name

MAX_PATH_CHARACTERS = 300  #: one character may be eighteen once it is normalised
_DRIVE = re.compile(r"[A-Za-z]:")
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".whl", ".egg")
_NOT_OURS = {"__MACOSX", "__pycache__"}  #: what systems and editors add to an archive on their own
_ENCRYPTED = 1  #: general purpose flag


@dataclass(frozen=True, kw_only=True)
class Entry:
    path: tuple[str, ...]  #: folders and the file's name
    info: ZipInfo

    @property
    def name(self) -> str:
        return "/".join(self.path)

    @property
    def is_python(self) -> bool:
        return self.path[-1].lower().endswith(".py")

    @property
    def is_noise(self) -> bool:
        return any(part in _NOT_OURS or part.startswith(".") or part == "Thumbs.db" for part in self.path)


def entry_of(info: ZipInfo) -> Entry | None:
    """None: a folder. UploadRefused, naming it: what an archive of source files has no reason to contain."""
    name = info.orig_filename  # `filename` ends at a NUL and hides the rest
    if len(name) > MAX_PATH_CHARACTERS:
        raise UploadRefused("path_too_long", file=shown_name(name), limit=MAX_PATH_CHARACTERS)
    if any(hides(character) or character in "\t\n" for character in name):
        _refuse("path_control", name)
    if "\\" in name:
        _refuse("path_backslash", name)
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or not name:
        _refuse("path_outside", name)
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        _refuse("link", name)
    if info.flag_bits & _ENCRYPTED:
        _refuse("encrypted", name)
    if name.endswith("/"):
        return None
    if name.lower().endswith(_ARCHIVES):
        _refuse("nested", name)
    path = tuple(unicodedata.normalize("NFKC", part) for part in parts if part not in {"", "."})
    return Entry(path=path, info=info) if path else None


def refuse_same_names(entries: Iterable[Entry]) -> None:
    """Also names that differ only in case: on other systems they are one file."""
    seen: dict[str, str] = {}
    for entry in entries:
        key = entry.name.casefold()
        if key in seen:
            raise UploadRefused("same_name", file=shown_name(entry.name), other=shown_name(seen[key]))
        seen[key] = entry.name


def without_common_folder(entries: list[Entry]) -> list[Entry]:
    """One folder around everything is how most people pack."""
    tops = {entry.path[0] for entry in entries if len(entry.path) > 1}
    if len(tops) != 1 or any(len(entry.path) == 1 for entry in entries):
        return entries
    return [Entry(path=entry.path[1:], info=entry.info) for entry in entries]


def _refuse(key: str, name: str) -> NoReturn:
    raise UploadRefused(key, file=shown_name(name))
