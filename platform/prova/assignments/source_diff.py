"""What changed between two submissions, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from grader.uploads.upload import Upload
from prova.assignments.shown_files import files_of
from prova.assignments.texts import visible


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True)
class Line:
    kind: Kind
    text: str = ""
    old_number: int | None = None
    new_number: int | None = None
    skipped: int = 0  #: unchanged lines that are left out here


@dataclass(frozen=True, kw_only=True)
class FileChange:
    name: str
    kind: Kind  #: added, removed, or same: it was there before
    lines: tuple[Line, ...] | None  #: None: too long to compare


#: unchanged lines shown on each side of a change
CONTEXT_LINES = 3
#: Comparing takes up to the product of both lengths; longer files are shown without a comparison. Of all files
#: together: a page is asked for as often as anybody likes.
MAX_LINES = 4000


def diff_uploads(old: Upload, new: Upload) -> tuple[FileChange, ...]:
    """The files that differ, the main one first: it is the main one under whatever name."""
    before = {file.name if file.number else "": file for file in files_of(old)}
    after = {file.name if file.number else "": file for file in files_of(new)}
    found = []
    lines_left = MAX_LINES
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        kind = Kind.ADDED if one is None else Kind.REMOVED if other is None else Kind.SAME
        lines: tuple[Line, ...] | None = ()
        if one is None or other is None or one.source != other.source:
            lines = diff(
                visible(one.source) if one else "", visible(other.source) if other else "", lines_left
            )
            lines_left -= 0 if lines is None else max(file.line_count for file in (one, other) if file)
        if lines != () or kind is not Kind.SAME:
            named = other or one
            found.append(FileChange(name=named.name if named else "", kind=kind, lines=lines))
    return tuple(found)


def diff(old: str, new: str, most_lines: int = MAX_LINES) -> tuple[Line, ...] | None:
    """Empty: nothing changed. None: too long to compare."""
    before, after = old.splitlines(), new.splitlines()
    if max(len(before), len(after)) > most_lines:
        return None
    matcher = SequenceMatcher(None, before, after)
    lines: list[Line] = []
    last_old = 0
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        lines += _skipped(group[0][1] - last_old)
        for opcode in group:
            lines += _lines(opcode, before, after)
        last_old = group[-1][2]
    return tuple(lines + (_skipped(len(before) - last_old) if lines else []))


def _skipped(count: int) -> list[Line]:
    return [Line(kind=Kind.SKIPPED, skipped=count)] if count else []


def _lines(opcode: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Line]:
    tag, old_from, old_to, new_from, new_to = opcode
    if tag == "equal":
        for old, new in zip(range(old_from, old_to), range(new_from, new_to), strict=True):
            yield Line(kind=Kind.SAME, text=before[old], old_number=old + 1, new_number=new + 1)
        return
    for old in range(old_from, old_to):
        yield Line(kind=Kind.REMOVED, text=before[old], old_number=old + 1)
    for new in range(new_from, new_to):
        yield Line(kind=Kind.ADDED, text=after[new], new_number=new + 1)
