"""A list page's search, sorting and paging, read from the address, so that it works before any script and can be linked."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str  #: in the address
    title: str | Promise
    is_number: bool = False
    sortable: bool = True


@dataclass(frozen=True, kw_only=True)
class Header:
    """One column's head on the page."""

    title: str
    is_number: bool
    direction: str  #: aria-sort: "ascending", "descending", or empty
    sort: str  #: value of `sort` that a click asks for; empty: not sortable


@dataclass(frozen=True, kw_only=True)
class Sorting:
    column: str
    descending: bool = False

    @classmethod
    def read(cls, parameters: Mapping[str, str], columns: Iterable[Column], default: str) -> "Sorting":
        """`sort=name` or `sort=-name`; what is no sortable column's name means the default."""
        asked = parameters.get("sort", "")
        if asked.removeprefix("-") not in {column.name for column in columns if column.sortable}:
            asked = default
        return cls(column=asked.removeprefix("-"), descending=asked.startswith("-"))

    def headers(self, columns: Iterable[Column]) -> list[Header]:
        return [self._header(column) for column in columns]

    def _header(self, column: Column) -> Header:
        direction = ""
        if column.name == self.column:
            direction = "descending" if self.descending else "ascending"
        sort = f"-{column.name}" if direction == "ascending" else column.name
        return Header(
            title=str(column.title),
            is_number=column.is_number,
            direction=direction,
            sort=sort if column.sortable else "",
        )

    def apply(self, rows: Sequence[Row], keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
        """Rows whose key is None come last in both directions; equal ones keep their order."""
        key = keys[self.column]
        known = [row for row in rows if key(row) is not None]
        unknown = [row for row in rows if key(row) is None]
        return sorted(known, key=key, reverse=self.descending) + unknown


def folded(text: str) -> str:
    """For comparing as people do: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def matches(query: str, *texts: str) -> bool:
    """Every word of the query occurs in one of the texts."""
    haystack = folded("\n".join(texts))
    return all(word in haystack for word in folded(query).split())


def page_of(rows: Any, parameters: Mapping[str, str]) -> Page[Any]:
    """A page number that does not exist means the nearest one that does."""
    return Paginator(rows, PAGE_SIZE).get_page(parameters.get("page"))
