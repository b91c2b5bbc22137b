"""A course's own texts and its assignments in `course.yaml`. Pure but for the models' own rules of what a value may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from prova.assignments.models import Assignment
from prova.courses.models import Course
from questionbank.content_files.shelves import texts_by_language
from questionbank.findings import Finding
from questionbank.formats.fields import Fields, Notes
from questionbank.formats.located_yaml import load
from questionbank.formats.writing.yaml_text import block

#: In the order of the file; what a field has by default is left out.
ASSIGNMENT_FIELDS = (
    *("opens_at", "closes_at", "points", "counts", "submissions_per_hour", "submissions_limit"),
    *("prerequisites_required", "is_published"),
)


@dataclass(frozen=True)
class WrittenAssignment:
    slug: str
    exercise: str
    titles: Mapping[str, str]
    #: Values of ASSIGNMENT_FIELDS, all of them.
    settings: Mapping[str, Any]
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class WrittenCourse:
    slug: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    assignments: tuple[WrittenAssignment, ...] = ()


def written_course(course: Course) -> WrittenCourse:
    assignments = Assignment.objects.filter(course=course).order_by("pk")
    return WrittenCourse(
        course.slug, course.titles, course.descriptions, tuple(map(written_assignment, assignments))
    )


def written_assignment(assignment: Assignment) -> WrittenAssignment:
    settings = {name: getattr(assignment, name) for name in ASSIGNMENT_FIELDS}
    return WrittenAssignment(assignment.slug, assignment.exercise_slug, assignment.titles, settings)


def write_course(course: WrittenCourse) -> str:
    values = {
        "slug": course.slug,
        "titles": _sorted(course.titles),
        **({"descriptions": _sorted(course.descriptions)} if course.descriptions else {}),
        "assignments": [_entry(each) for each in course.assignments],
    }
    return "".join(f"{line}\n" for line in block(values, 0))


def _sorted(texts: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(texts.items()))


def _entry(assignment: WrittenAssignment) -> dict[str, Any]:
    named = {"slug": assignment.slug, "exercise": assignment.exercise}
    titles = {"titles": _sorted(assignment.titles)} if assignment.titles else {}
    said = {
        name: _plain(value)
        for name, value in assignment.settings.items()
        if value != _default(Assignment, name)
    }
    return {**named, **titles, **said}


def _default(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name).get_default()  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_course(text: str, path: Path) -> tuple[WrittenCourse | None, list[Finding]]:
    document = load(text)
    notes = Notes(path, document)
    notes.findings += [Finding(path, problem.line, "yaml", problem.message) for problem in document.problems]
    if not isinstance(document.value, Mapping):
        return None, notes.findings or [
            Finding(path, 1, "schema", "write “slug”, “titles” and “assignments”")
        ]
    top = Fields(notes, (), document.value)
    top.only({"slug", "titles", "descriptions", "assignments"})
    course = WrittenCourse(
        slug=top.word("slug"),
        titles=texts_by_language(top, "titles"),
        descriptions=texts_by_language(top, "descriptions", required=False),
        assignments=tuple(_assignment(each) for each in top.members("assignments")),
    )
    slugs = [each.slug for each in course.assignments]
    for twice in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        top.problem(f"two assignments are called {twice}; every one needs a name of its own", "assignments")
    return course, notes.findings


def _assignment(fields: Fields) -> WrittenAssignment:
    fields.only({"slug", "exercise", "titles", *ASSIGNMENT_FIELDS})
    return WrittenAssignment(
        slug=fields.word("slug"),
        exercise=fields.word("exercise"),
        titles=texts_by_language(fields, "titles", required=False),
        settings={name: _value(fields, name) for name in ASSIGNMENT_FIELDS},
        line=fields.notes.line(fields.place),
    )


def _value(fields: Fields, name: str) -> Any:
    """As the model takes it, or its default with the problem noted."""
    default = _default(Assignment, name)
    if name not in fields.values:
        return default
    column = Assignment._meta.get_field(name)
    try:
        value = column.clean(fields.values[name], None)  # type: ignore[union-attr]
    except (ValidationError, TypeError, ValueError) as problem:
        said = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        fields.problem(f"“{name}”: {said}", name)
        return default
    if isinstance(value, datetime) and value.tzinfo is None:
        fields.problem(f"“{name}” needs a time zone, such as 2026-12-01T09:00:00Z", name)
        return default
    return value
