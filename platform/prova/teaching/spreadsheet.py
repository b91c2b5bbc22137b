"""CSV downloads that a spreadsheet opens as data and never as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

Cell = str | int | float | datetime | None

#: a cell that starts so may be run as a formula or a command when the file is opened
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([plain(str(title)) for title in header])
    writer.writerows([plain(cell) for cell in row] for row in rows)
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
    # The byte order mark tells spreadsheets that the accents are UTF-8.
    return HttpResponse(
        "\ufeff" + csv_text(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"', "Cache-Control": "no-store"},
    )
