"""Models from statements that are written by hand, for the few that run with every answer of an exam: putting the same
query together anew each time takes the ORM several times as long as asking it.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection, models

Model = TypeVar("Model", bound=models.Model)


class Columns(Generic[Model]):
    """All of one table, under a name: ``f"SELECT {Columns(Quiz, 'quiz')} FROM quizzes_quiz quiz"``."""

    def __init__(self, model: type[Model], name: str) -> None:
        fields = model._meta.concrete_fields
        self._model = model
        self._names = [field.attname for field in fields]
        self._key = next(place for place, field in enumerate(fields) if field.primary_key)
        self._converters = [
            (place, convert)
            for place, field in enumerate(fields)
            for convert in field.get_db_converters(connection)
        ]
        self._text = ", ".join(f'{name}."{field.column}"' for field in fields)

    def __str__(self) -> str:
        return self._text

    def __len__(self) -> int:
        return len(self._names)

    def model(self, values: Sequence[Any]) -> Model | None:
        """None: an outer join found no row."""
        if values[self._key] is None:
            return None
        converted = list(values)
        for place, convert in self._converters:
            converted[place] = convert(converted[place], None, connection)
        return self._model.from_db(connection.alias, self._names, converted)


def read_row(statement: str, values: Sequence[Any], *columns: Columns[Any]) -> list[Any] | None:
    """The first row: one model for each of `columns`, in the order they are selected, then the values after them.

    None: there is no row.
    """
    return next(read_rows(statement, values, *columns), None)


def read_rows(statement: str, values: Sequence[Any], *columns: Columns[Any]) -> Iterator[list[Any]]:
    """All rows, each as `read_row` has it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    for row in rows:
        found, start = [], 0
        for each in columns:
            found.append(each.model(row[start : start + len(each)]))
            start += len(each)
        yield [*found, *row[start:]]
