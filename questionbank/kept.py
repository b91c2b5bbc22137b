"""Published versions and variants, kept by the process that has read them once: they never change.

Reading a question from the database and making its definition of it takes longer than saving an answer to it.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from threading import Lock
from typing import Generic, Protocol, TypeVar

from questionbank.models import QuestionVersion, Variant

Row = TypeVar("Row", QuestionVersion, Variant)
#: Of a large bank all that is being asked; some ten kilobytes each, and a tenth of it for a variant.
VERSIONS, VARIANTS = 2_000, 20_000


class Asked(Protocol):
    """A question as somebody meets it, such as an attempt's item."""

    version_id: int
    variant_id: int
    version: QuestionVersion
    variant: Variant


class _Shelf(Generic[Row]):
    """Those used last stay."""

    def __init__(self, read: Callable[[Collection[int]], Iterable[Row]], at_most: int) -> None:
        self._read: Callable[[Collection[int]], Iterable[Row]] = read
        self._at_most = at_most
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._lock = Lock()

    def rows(self, ids: Collection[int]) -> dict[int, Row]:
        """At most one query, for what is not here yet."""
        with self._lock:
            found = {key: self._rows[key] for key in ids if key in self._rows}
        if missing := set(ids) - found.keys():
            found |= {row.pk: row for row in self._read(missing)}
        with self._lock:
            for key, row in found.items():
                self._rows[key] = row
                self._rows.move_to_end(key)
            while len(self._rows) > self._at_most:
                self._rows.popitem(last=False)
        return found

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()


_versions = _Shelf(lambda ids: QuestionVersion.objects.filter(pk__in=ids), VERSIONS)
_variants = _Shelf(lambda ids: Variant.objects.filter(pk__in=ids), VARIANTS)


def give_questions(asked: Collection[Asked]) -> None:
    """Sets `version` and `variant` of each, without a query where all have been read before."""
    versions = _versions.rows({each.version_id for each in asked})
    variants = _variants.rows({each.variant_id for each in asked})
    for each in asked:
        each.version, each.variant = versions[each.version_id], variants[each.variant_id]


def forget() -> None:
    """For tests, whose databases come and go."""
    _versions.clear()
    _variants.clear()
