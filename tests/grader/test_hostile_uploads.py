"""Uploads of `hostile/` that are refused before anything of them is run, or read as what they are.

They are made here from a recipe, so that no bomb lies in the repository.
"""

import gzip
import json
import pickle
import random
import time
import tomllib
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from grader.messages import LANGUAGES, explain
from grader.sandbox import wire
from grader.uploads.reader import read_upload
from grader.uploads.upload import Upload, UploadRefused
from tests.grader.hostile_cases import HOSTILE
from tests.grader.uploads import archives

MAX_CPU_S = 2.0
MAX_MORE_BYTES = 64 << 20
KEYS = {"name", "made", "refused", "source", "says", "says_not"}


def notebook(outputs: str = "", cells: int = 1) -> bytes:
    cell = {"cell_type": "code", "source": ["print(1)"], "outputs": [{"data": {"image/png": outputs}}]}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell] * cells}).encode()


HELP = {**vars(archives), "notebook": notebook, "gzip": gzip, "pickle": pickle, "random": random}
UPLOADS = [
    pytest.param(upload, id=f"{path.parent.name}-{number}-{upload['made'][:20]}")
    for path in sorted(HOSTILE.glob("*/expect.toml"))
    for number, upload in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("upload", []), 1)
]


@pytest.mark.parametrize("upload", UPLOADS)
def test_a_hostile_upload_is_refused_by_name_or_read_as_what_it_is(upload: dict[str, Any]) -> None:
    assert set(upload) <= KEYS
    content = eval(upload["made"], dict(HELP))  # noqa: S307  ours

    read, cpu_s, more_bytes = _read(content, upload["name"])

    assert cpu_s < MAX_CPU_S
    assert more_bytes < MAX_MORE_BYTES
    if isinstance(read, UploadRefused):
        expected = upload["refused"]
        assert read.message.key in ([expected] if isinstance(expected, str) else expected)
        for language in LANGUAGES:
            _says(explain(read.message, language), upload)
    else:
        assert upload["source"] in read.source
        assert read.file_name == wire.clean(read.file_name)
        assert "/" not in read.file_name


def test_there_are_uploads_to_try() -> None:
    assert len(UPLOADS) > 20


def _read(content: bytes | str, name: str) -> tuple[Upload | UploadRefused, float, int]:
    tracemalloc.start()
    started_s = time.thread_time()
    try:
        return read_upload(content, name), time.thread_time() - started_s, tracemalloc.get_traced_memory()[1]
    except UploadRefused as refused:
        return refused, time.thread_time() - started_s, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _says(text: str, upload: dict[str, Any]) -> None:
    assert 20 < len(text) < 600
    assert text == wire.clean(text)
    assert all(part in text for part in upload.get("says", []))
    assert not any(part in text for part in upload.get("says_not", []))
    assert not text.startswith("upload")


def test_the_recipes_folder_is_complete() -> None:
    """A folder holds a submission or a list of uploads, never neither."""
    for path in HOSTILE.glob("*/expect.toml"):
        has_uploads = "upload" in tomllib.loads(path.read_text(encoding="utf-8"))
        assert has_uploads != Path(path.parent, "submission.py").exists(), path.parent.name
