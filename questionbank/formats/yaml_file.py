"""The question files of questionbank/content/questions; their format is described in questionbank/content/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from questionbank.definition import LEVELS, QuestionDefinition, QuestionText
from questionbank.findings import Finding
from questionbank.formats.fields import Fields, Notes
from questionbank.formats.generator_fields import FIELDS as GENERATOR_FIELDS
from questionbank.formats.generator_fields import read_generator
from questionbank.formats.hint_fields import hint_texts, read_hints
from questionbank.formats.image_fields import image_texts, read_images
from questionbank.formats.language_fields import check_codes, per_language, read_source_language
from questionbank.formats.located_yaml import Place, load
from questionbank.formats.registry import FORMATS
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.items import ITEM_TYPES

MAX_FILE_BYTES = 2_000_000

_COMMON = {"id", "type", "level", "source", "objective", "convention", "texts"} | GENERATOR_FIELDS
_COMMON |= {"source_language", "note", "hints", "images"}
_COMMON_TEXTS = {"stem", "explanation", "revision"}


@dataclass(frozen=True)
class LocatedQuestion:
    definition: QuestionDefinition
    file: Path
    #: Line of every value, by its place inside the question: ("texts", "en", "stem").
    lines: Mapping[Place, int]
    #: False: the findings name what is missing, and the definition is only good for reporting.
    sound: bool

    def line(self, *place: str | int) -> int:
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


@dataclass(frozen=True)
class QuestionFile:
    questions: tuple[LocatedQuestion, ...]
    findings: tuple[Finding, ...]


def read_question_file(path: Path, shown_as: Path | None = None) -> QuestionFile:
    """All questions and every problem of the file, never only the first. `shown_as` is the path in the findings."""
    shown = shown_as or path
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        return _unreadable(shown, f"cannot be read ({problem}); save it as UTF-8 text")
    if len(raw) > MAX_FILE_BYTES:
        return _unreadable(shown, f"is larger than {MAX_FILE_BYTES} bytes; divide it by topic")
    return read_questions(text, shown, images=path.resolve().parent.parent / "images")


def _unreadable(path: Path, message: str) -> QuestionFile:
    return QuestionFile((), (Finding(path, 1, "schema", f"the file {message}"),))


def read_questions(text: str, path: Path, images: Path | None = None) -> QuestionFile:
    """`images`: the folder of the files that questions show; None: those shipped with the bank."""
    document = load(text)
    notes = Notes(path, document, images=images)
    notes.findings += [Finding(path, problem.line, "yaml", problem.message) for problem in document.problems]
    if not isinstance(document.value, Mapping):
        if not document.problems:
            notes.add((), "a question file has the fields topic and questions")
        return QuestionFile((), tuple(notes.findings))
    top = Fields(notes, (), document.value)
    top.only({"topic", "questions"})
    topic = top.word("topic")
    questions = tuple(_located(each, topic) for each in top.members("questions"))
    return QuestionFile(questions, tuple(notes.findings))


def _located(fields: Fields, topic: str) -> LocatedQuestion:
    before = len(fields.notes.findings)
    name = fields.values.get("id")
    fields = Fields(fields.notes, fields.place, fields.values, name if isinstance(name, str) else "")
    definition = _question(fields, topic)
    depth = len(fields.place)
    lines = {
        place[depth:]: line
        for place, line in fields.notes.document.lines.items()
        if place[:depth] == fields.place
    }
    return LocatedQuestion(definition, fields.notes.file, lines, sound=len(fields.notes.findings) == before)


def _question(fields: Fields, topic: str) -> QuestionDefinition:
    item_type = fields.choice("type", ITEM_TYPES)
    form = FORMATS[item_type]
    fields.only(_COMMON | form.fields)
    neutral: Neutral = {**form.read(fields), "hints": read_hints(fields), "images": read_images(fields)}
    source_language = read_source_language(fields)
    return QuestionDefinition(
        id=fields.word("id"),
        topic=topic,
        type=item_type,
        level=fields.choice("level", LEVELS),
        source=fields.text("source"),
        objective=per_language(fields, "objective", source_language),
        convention=per_language(fields, "convention", source_language),
        texts=_texts(fields, form, neutral, source_language),
        source_language=source_language,
        note=fields.text("note", required=False),
        **read_generator(fields),
        **neutral,
    )


def _texts(
    fields: Fields, form: TypeFormat, neutral: Neutral, source_language: str
) -> dict[str, QuestionText]:
    texts = fields.sub("texts")
    check_codes(texts)
    if texts.values and source_language not in texts.values:
        texts.problem(
            f"the text in {source_language}, the source language, is missing; write it, or name the language it "
            f"was written in first as “source_language”"
        )
    return {language: _text(texts.sub(language), form, neutral) for language in texts.values}


def _text(fields: Fields, form: TypeFormat, neutral: Neutral) -> QuestionText:
    of_type = form.read_texts(fields, neutral)
    of_type |= hint_texts(fields, neutral["hints"]) | image_texts(fields, neutral["images"])
    fields.only(_COMMON_TEXTS | of_type.keys())
    return QuestionText(
        stem=fields.text("stem"),
        explanation=fields.text("explanation"),
        revision=fields.whole("revision", 1, 1, 9999),
        **of_type,
    )
