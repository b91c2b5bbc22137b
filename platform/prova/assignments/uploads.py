"""Between the reader of uploads and a submission's row: what is stored, and what a page shows of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from grader.messages import explain
from grader.report import Message
from grader.source_review import review
from grader.uploads.module_files import module_files
from grader.uploads.places import placed
from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_SOURCE_BYTES, Upload, UploadRefused
from prova.assignments.models import Submission
from prova.assignments.texts import visible

TYPED = "solution.py"  #: what a file is called that was typed into the page


def read(content: bytes | str, file_name: str, metadata: Mapping[str, Any]) -> Upload:
    """With the hints of a review of the source among its notices. UploadRefused: the learner's turn."""
    functions = [function["name"] for function in metadata["functions"]]
    upload = read_upload(content, file_name, limit_bytes=limit_bytes(metadata), functions=functions)
    return _reviewed(upload, metadata)


def read_with_modules_of(earlier: Upload, content: str, metadata: Mapping[str, Any]) -> Upload:
    """A new main file, typed into the page, with the further files of an earlier upload."""
    typed = read_upload(content, limit_bytes=limit_bytes(metadata))
    together = sum(len(source.encode()) for source in (typed.source, *earlier.modules.values()))
    if together > limit_bytes(metadata):
        raise UploadRefused("too_big", kib=limit_bytes(metadata) // 1024)
    return _reviewed(replace(typed, modules=earlier.modules, main=earlier.main), metadata)


def limit_bytes(metadata: Mapping[str, Any]) -> int:
    return min(MAX_SOURCE_BYTES, metadata["source_kib"] * 1024)


def _reviewed(upload: Upload, metadata: Mapping[str, Any]) -> Upload:
    hints = review(upload.source, upload.modules, forbidden=metadata.get("forbidden", ()))
    return replace(upload, notices=(*upload.notices, *hints))


def stored(upload: Upload) -> dict[str, Any]:
    """Of `Submission.upload`; the source and the file's name have columns of their own."""
    return {
        "main": upload.main,
        "modules": dict(upload.modules),
        "cells": list(upload.cells),
        "notices": [asdict(notice) for notice in upload.notices],
    }


def upload_of(submission: Submission) -> Upload:
    about = submission.upload
    return Upload(
        source=submission.source,
        modules=about.get("modules", {}),
        file_name=submission.file_name,
        main=about.get("main", submission.file_name),
        notices=tuple(Message(**notice) for notice in about.get("notices", ())),
        cells=tuple(about.get("cells", ())),
    )


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
