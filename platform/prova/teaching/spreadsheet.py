"""CSV downloads that a spreadsheet opens as data and never as formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

Cell = str | int | float | datetime | None

#: a cell that starts so may be run as a formula or a command when the file is opened
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: it tells spreadsheets that the accents are UTF-8
_BYTE_ORDER_MARK = "\ufeff"
_CONTENT_TYPE = "text/csv; charset=utf-8"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    return "".join(csv_lines(header, rows))


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """One row at a time, with its line end."""
    yield _line([str(title) for title in header])
    yield from map(_line, rows)


def _line(row: Sequence[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([plain(cell) for cell in row])
    return buffer.getvalue()


def plain(cell: Cell) -> str | int | float:
    """Numbers stay numbers, negative ones too; a text that could be run is led by an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell
    return round(cell, 6) if isinstance(cell, float) else cell


def csv_response(file_name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    text = _BYTE_ORDER_MARK + csv_text(header, rows)
    return HttpResponse(text, content_type=_CONTENT_TYPE, headers=_headers(file_name))


def csv_stream(
    file_name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """The same, sent row by row. `rows` asks the database nothing any more: the answer has begun by then."""
    lines = chain([_BYTE_ORDER_MARK], csv_lines(header, rows))
    return StreamingHttpResponse(lines, content_type=_CONTENT_TYPE, headers=_headers(file_name))


def _headers(file_name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file_name}"', "Cache-Control": "no-store"}
