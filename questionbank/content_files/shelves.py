"""Tags and collections in one file: free words on questions, and named lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionbank.findings import Finding
from questionbank.formats.fields import Fields, Notes
from questionbank.formats.language_fields import check_codes
from questionbank.formats.located_yaml import load
from questionbank.formats.writing.yaml_text import block

FILE = "shelves.yaml"


@dataclass(frozen=True)
class WrittenTag:
    name: str
    questions: tuple[str, ...]
    line: int = 1


@dataclass(frozen=True)
class WrittenCollection:
    slug: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    is_shared: bool
    questions: tuple[str, ...]
    line: int = 1


@dataclass(frozen=True)
class Shelves:
    tags: tuple[WrittenTag, ...] = ()
    collections: tuple[WrittenCollection, ...] = ()


def write_shelves(shelves: Shelves) -> str:
    tags = [{"name": tag.name, "questions": list(tag.questions)} for tag in shelves.tags]
    collections = [_collection(each) for each in shelves.collections]
    return "".join(f"{line}\n" for line in block({"tags": tags, "collections": collections}, 0))


def _collection(written: WrittenCollection) -> dict[str, Any]:
    return {
        "slug": written.slug,
        "titles": dict(sorted(written.titles.items())),
        **({"descriptions": dict(sorted(written.descriptions.items()))} if written.descriptions else {}),
        **({} if written.is_shared else {"is_shared": False}),
        "questions": list(written.questions),
    }


def read_shelves(text: str, path: Path) -> tuple[Shelves, Sequence[Finding]]:
    document = load(text)
    notes = Notes(path, document)
    notes.findings += [Finding(path, problem.line, "yaml", problem.message) for problem in document.problems]
    if not isinstance(document.value, dict):
        return Shelves(), notes.findings or [Finding(path, 1, "schema", "write “tags” and “collections”")]
    top = Fields(notes, (), document.value)
    top.only({"tags", "collections"})
    return Shelves(
        tuple(_read_tag(each) for each in top.members("tags")),
        tuple(_read_collection(each) for each in top.members("collections")),
    ), notes.findings


def _read_tag(fields: Fields) -> WrittenTag:
    fields.only({"name", "questions"})
    return WrittenTag(fields.text("name"), _ids(fields), fields.notes.line(fields.place))


def _read_collection(fields: Fields) -> WrittenCollection:
    fields.only({"slug", "titles", "descriptions", "is_shared", "questions"})
    return WrittenCollection(
        slug=fields.word("slug"),
        titles=texts_by_language(fields, "titles"),
        descriptions=texts_by_language(fields, "descriptions", required=False),
        is_shared=fields.flag("is_shared") if "is_shared" in fields.values else True,
        questions=_ids(fields),
        line=fields.notes.line(fields.place),
    )


def texts_by_language(fields: Fields, key: str, *, required: bool = True) -> dict[str, str]:
    inner = fields.sub(key, required=required)
    check_codes(inner)
    return {language: inner.text(language) for language in inner.values}


def _ids(fields: Fields) -> tuple[str, ...]:
    value = fields.values.get("questions")
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        fields.problem("“questions” must be a list of ids", "questions")
        return ()
    if len(set(value)) < len(value):
        fields.problem("a question stands here twice; keep one of them", "questions")
    return tuple(dict.fromkeys(value))
