"""Laws: whatever comes, it is read or refused with a sentence; nothing else is raised and nothing grows without bound."""

import io
import json
import zipfile
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.messages import explain, general_messages
from grader.source_review import review
from grader.uploads.magics import without_magics
from grader.uploads.module_files import module_files
from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_SOURCE_BYTES, Upload, UploadRefused
from tests.grader.uploads.archives import SOLUTION, entry, packed

EXAMPLES = settings(max_examples=150, deadline=None)
KINDS = st.sampled_from(["a.py", "a.zip", "a.ipynb", "", "a.PY", ".zip", "\ud800\u202e.ipynb"])
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
#: pieces of which names and programs that trouble readers are made
names = st.lists(
    st.sampled_from(["a", "A", "/", "..", "\\", "\0", ".py", ":", "ﬁ", "é", "\u202e", " ", "__init__", "~"])
)
code = st.lists(
    st.sampled_from(["'", '"', '"""', "\\", "\n", "(", "}", "%", "%%x", "!", "?", "#", "x", " ", "= "])
).map("".join)


def read_or_refused(content: bytes | str, name: str) -> Upload | None:
    refusal = None
    try:
        upload = read_upload(content, name, functions=("quantize",))
    except UploadRefused as refused:
        refusal = refused.message
    if refusal is not None:
        assert refusal.key in general_messages()
        assert explain(refusal, "pt-br").endswith(".")
        return None
    texts = [upload.source, *upload.modules.values()]
    assert sum(len(text.encode()) for text in texts) <= MAX_SOURCE_BYTES
    assert not any("\0" in text or "\r" in text for text in texts)
    assert all(part.isidentifier() for module in upload.modules for part in module.split("."))
    assert all(explain(notice, "en") for notice in (*upload.notices, *review(upload.source, upload.modules)))
    assert upload.file_name.isprintable()
    return upload


@EXAMPLES
@given(st.binary(max_size=2000) | st.text(max_size=500), KINDS)
def test_any_bytes(content: bytes | str, name: str) -> None:
    read_or_refused(content, name)


@EXAMPLES
@given(any_json, st.lists(any_json, max_size=3))
def test_any_json_as_a_notebook(value: Any, cells: list[Any]) -> None:
    for one in (value, {"nbformat": 4, "cells": value}, {"nbformat": 4, "metadata": value, "cells": cells}):
        read_or_refused(json.dumps(one).encode("utf-8", "surrogatepass"), "a.ipynb")


@EXAMPLES
@given(st.lists(code, max_size=4))
def test_any_code_in_cells_keeps_its_lines(cells: list[str]) -> None:
    for cell in cells:
        assert without_magics(cell).text.count("\n") == cell.count("\n")
    made = [{"cell_type": "code", "source": cell} for cell in cells]
    upload = read_or_refused(json.dumps({"nbformat": 4, "metadata": {}, "cells": made}).encode(), "a.ipynb")
    if upload is not None:
        assert len(upload.cells) == len(cells)


@EXAMPLES
@given(st.lists(st.tuples(names.map("".join), st.integers(0, 0o177777), st.binary(max_size=30)), max_size=5))
def test_any_names_and_modes_in_an_archive(entries: list[tuple[str, int, bytes]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, mode, content) in enumerate(entries):
            info = entry(name or f"f{number}.py", mode)
            if info.filename not in archive.namelist():
                archive.writestr(info, content)
    read_or_refused(buffer.getvalue(), "a.zip")


@EXAMPLES
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=8), st.integers(0, 700))
def test_a_damaged_archive(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(packed({"hw/submission.py": SOLUTION, "hw/helper.py": "x = 1\n" * 50, "hw/a.txt": "x"}))
    for place, byte in changes:
        data[place % len(data)] = byte
    read_or_refused(bytes(data), "a.zip")
    read_or_refused(bytes(data[: length % len(data)]), "a.zip")


@EXAMPLES
@given(st.text() | code)
def test_a_review_reads_any_text(source: str) -> None:
    for notice in review(source, {"a.b": source}, forbidden=["x.y", "x"]):
        assert 1 <= notice.params.get("line", 1) <= source.count("\n") + 1  # type: ignore[operator]


@given(st.lists(st.from_regex(r"\A[ab](\.[ab]){0,3}\Z"), unique=True))
def test_every_module_has_a_file_of_its_own_and_a_package_around_it(modules: list[str]) -> None:
    files = module_files(dict.fromkeys(modules, "x"))

    assert len({file.file for file in files.values()}) == len(files)
    assert all(name.rpartition(".")[0] in {"", *files} for name in files)
