"""What a page shows of an upload: its files, cell by cell, and what was said of them. Pure."""

from dataclasses import dataclass

from grader.messages import explain
from grader.uploads.module_files import module_files
from grader.uploads.places import placed
from grader.uploads.reader import TYPED
from grader.uploads.upload import Upload
from prova.assignments.texts import visible


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A file, or one cell of a notebook."""

    text: str
    cell: int = 0  #: 0: not a cell


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    number: int  #: 0 is the main file
    name: str
    source: str  #: as it was handed in
    size_bytes: int
    line_count: int
    parts: tuple[ShownPart, ...]


def files_of(upload: Upload) -> tuple[ShownFile, ...]:
    """The main file first; empty files of packages are not worth showing."""
    further = sorted(
        (part.file, part.source) for part in module_files(upload.modules).values() if part.source
    )
    named = [(upload.main or TYPED, upload.source), *further]
    return tuple(_shown(number, *file, () if number else upload.cells) for number, file in enumerate(named))


def _shown(number: int, name: str, source: str, cells: tuple[int, ...]) -> ShownFile:
    lines = source.split("\n")
    ends = [start - 2 for start in cells[1:]] + [len(lines)]  # before the mark of the next cell
    parts = [
        ShownPart(cell=cell, text=visible("\n".join(lines[start - 1 : end]).strip("\n")))
        for cell, (start, end) in enumerate(zip(cells, ends, strict=False), start=1)
    ]
    return ShownFile(
        number=number,
        name=visible(name),
        source=source,
        size_bytes=len(source.encode()),
        line_count=source.count("\n") + (not source.endswith("\n")),
        parts=tuple(part for part in parts if part.text.strip()) or (ShownPart(text=visible(source)),),
    )


@dataclass(frozen=True, kw_only=True)
class Notices:
    texts: tuple[str, ...]
    are_warnings: bool  #: one of them is about what the code does or hides

    def __bool__(self) -> bool:
        return bool(self.texts)


def notices_of(upload: Upload, language: str) -> Notices:
    found = tuple(placed(notice, cells=upload.cells, file=upload.file_of_lines) for notice in upload.notices)
    return Notices(
        texts=tuple(visible(explain(notice, language)) for notice in found),
        are_warnings=any(notice.key.startswith("review_") for notice in found),
    )
