"""Where a line of the graded text stands in what was handed in: a cell of a notebook, a file of an archive. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from grader.report import Message


def placed(message: Message, *, cells: Sequence[int] = (), file: str = "") -> Message:
    """The same message with its line counted in the cell, or with the name of the file.

    `cells`: lines on which code cells start, of a notebook; `file`: of the line, where there is more than one; one that is named already stays.
    """
    line = message.params.get("line")
    if type(line) is not int or "file" in message.params:
        return message
    if cells:
        return replace(message, params={**message.params, **_in_cell(line, cells)})
    return replace(message, params={**message.params, "file": file}) if file else message


def _in_cell(line: int, cells: Sequence[int]) -> dict[str, int]:
    number = max(1, bisect_right(cells, line))
    return {"cell": number, "line": max(1, line - cells[number - 1] + 1)}
