"""Between the reader of uploads and a submission's row."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from grader.report import Message
from grader.source_review import review
from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_SOURCE_BYTES, Upload, UploadRefused
from prova.assignments.models import Submission


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
