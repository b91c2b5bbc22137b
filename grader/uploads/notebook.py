"""An .ipynb: its code cells as one Python text. It is never run, and its outputs are never looked at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.report import Message
from grader.uploads.bounded_json import TooComplex, read_json
from grader.uploads.magics import PlainCell, without_magics
from grader.uploads.python_file import read_python, too_big
from grader.uploads.upload import MAX_UPLOAD_BYTES, Upload, UploadRefused
from grader.visible import shown_name

MAX_DEPTH = 40  #: outputs nest about ten levels
MAX_VALUES = 100_000
MAX_CELLS = 2000
_FORMAT = 4
#: as jupytext, Spyder and VS Code mark cells in a Python file
_MARK = "# %% cell {number}\n"


def read_notebook(data: bytes, name: str, limit_bytes: int) -> Upload:
    """UploadRefused: no notebook of version 4 in Python, or too large."""
    if len(data) > MAX_UPLOAD_BYTES:
        raise UploadRefused("file_too_big", mib=MAX_UPLOAD_BYTES >> 20)
    cells = list(_code_cells(_notebook(data, name), name))
    if sum(map(len, cells)) > limit_bytes:
        raise too_big(limit_bytes)
    if not any(map(str.strip, cells)):
        raise UploadRefused("empty")
    plain = [without_magics(read_python(cell, name, limit_bytes).text) for cell in cells]
    pieces, starts, line = [], [], 1
    for number, cell in enumerate(plain, start=1):
        piece = _MARK.format(number=number) + cell.text.rstrip() + "\n\n"
        starts.append(line + 1)
        line += piece.count("\n")
        pieces.append(piece)
    source = "".join(pieces).rstrip("\n") + "\n"
    if len(source.encode()) > limit_bytes:
        raise too_big(limit_bytes)
    notices = tuple(_notices(plain))
    return Upload(source=source, file_name=name, main=name, cells=tuple(starts), notices=notices)


def _notebook(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        notebook = read_json(data, max_depth=MAX_DEPTH, max_values=MAX_VALUES)
    except TooComplex:
        raise UploadRefused("notebook_too_complex") from None
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number of thousands of digits
        raise UploadRefused("no_notebook", file=name) from None
    if not isinstance(notebook, dict):
        raise UploadRefused("no_notebook", file=name)
    version = notebook.get("nbformat")
    if type(version) is not int:
        raise UploadRefused("no_notebook", file=name)
    if version != _FORMAT:
        raise UploadRefused("notebook_version", version=shown_name(str(version), 10))
    _refuse_other_languages(notebook.get("metadata"))
    return notebook


def _refuse_other_languages(metadata: Any) -> None:
    metadata = metadata if isinstance(metadata, dict) else {}
    for key, field in (("language_info", "name"), ("kernelspec", "language")):
        about = metadata.get(key)
        language = about.get(field) if isinstance(about, dict) else None
        if isinstance(language, str) and language and not language.lower().startswith(("python", "ipython")):
            raise UploadRefused("notebook_language", language=shown_name(language, 20))


def _code_cells(notebook: Mapping[str, Any], name: str) -> Iterator[str]:
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise UploadRefused("no_notebook", file=name)
    if len(cells) > MAX_CELLS:
        raise UploadRefused("notebook_too_complex")
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            yield _source(cell.get("source"), name)


def _source(value: Any, name: str) -> str:
    """A text, or a list of lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    raise UploadRefused("no_notebook", file=name)


def _notices(cells: Sequence[PlainCell]) -> Iterator[Message]:
    if count := sum(cell.commented_lines for cell in cells):
        yield Message(key="upload_magics", params={"count": count})
    if skipped := [number for number, cell in enumerate(cells, start=1) if cell.is_left_out]:
        yield Message(key="upload_cells_left_out", params={"cells": ", ".join(map(str, skipped[:20]))})
