"""A question as the mapping its file holds: the inverse of `questionbank.formats.yaml_file`.

The order of the rows is the order in the file. A row whose value is None or empty is left out, so a row says nothing
about the types that do not have it. Mappings come back from the database in any order: what has no order of its own
(languages, slips) is sorted here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from questionbank.definition import OptionDefinition, QuestionDefinition, QuestionText, ToleranceDefinition
from questionbank.formats.writing import marked_fields, picture_fields, typed_fields

Field = tuple[str, Callable[[QuestionDefinition], Any]]
TextField = tuple[str, Callable[[QuestionDefinition, QuestionText], Any]]


def mapping_of(question: QuestionDefinition) -> dict[str, Any]:
    """Plain values under the names of the file format, in its order, without the topic (that is the file's)."""
    written = {name: value(question) for name, value in FIELDS}
    return {name: value for name, value in written.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | Mapping | list | tuple) and not value)


def languages_of(question: QuestionDefinition, languages: Iterable[str]) -> list[str]:
    """The source language first, the others by their codes."""
    return sorted(languages, key=lambda language: (language != question.source_language, language))


def _per_language(question: QuestionDefinition, texts: Mapping[str, str]) -> dict[str, str]:
    return {language: texts[language] for language in languages_of(question, texts)}


def _options(question: QuestionDefinition) -> list[dict[str, Any]]:
    return [_option(option) for option in question.options]


def _option(option: OptionDefinition) -> dict[str, Any]:
    return {
        "id": option.id,
        **({"correct": True} if option.correct else {}),
        **({"pin": "last"} if option.pinned_last else {}),
        **({} if option.fraction is None else {"fraction": option.fraction}),
        **({} if option.match is None else {"match": option.match}),
    }


def _key(question: QuestionDefinition) -> dict[str, Any] | None:
    if question.key is None:
        return None
    tolerance = question.tolerance
    return {
        "value": question.key,
        **({} if tolerance is None else {"tolerance": _tolerance(tolerance)}),
    }


def _tolerance_of_generated(question: QuestionDefinition) -> dict[str, Any] | None:
    return _tolerance(question.tolerance) if question.tolerance and question.key is None else None


def _tolerance(tolerance: ToleranceDefinition) -> dict[str, Any]:
    if tolerance.kind == "interval":
        return {"kind": tolerance.kind, "low": tolerance.low, "high": tolerance.high}
    floor = {"floor": tolerance.floor} if tolerance.floor else {}
    return {"kind": tolerance.kind, "value": tolerance.value} | floor


def _slips(question: QuestionDefinition) -> list[str] | dict[str, Any]:
    names = sorted(question.slips)
    if question.is_generated or question.type == "short_answer":  # what stands for a slip there are words
        return names
    return {name: question.slips[name] for name in names}


def _parameters(question: QuestionDefinition) -> dict[str, Any] | None:
    """Names in the order of the alphabet: they have none of their own."""
    written = question.parameters or {}
    known = [name for name in ("draw", "compute", "where", "key", "slips", "options") if name in written]
    return {name: _sorted(written[name]) for name in [*known, *sorted(written.keys() - set(known))]} or None


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value


def _texts(question: QuestionDefinition) -> dict[str, dict[str, Any]]:
    return {
        language: _text(question, question.texts[language])
        for language in languages_of(question, question.texts)
    }


def _text(question: QuestionDefinition, text: QuestionText) -> dict[str, Any]:
    written = {name: value(question, text) for name, value in TEXT_FIELDS}
    return {name: value for name, value in written.items() if not _is_empty(value)}


def _option_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, dict[str, str]]:
    written = {option.id: text.options[option.id] for option in question.options if option.id in text.options}
    return {
        name: {"text": option.text, "explanation": option.explanation} for name, option in written.items()
    }


def _choice_texts(question: QuestionDefinition, text: QuestionText) -> dict[str, str]:
    return {choice: text.choices[choice] for choice in question.choices if choice in text.choices}


#: One row per field of a question, in the order of the file.
FIELDS: tuple[Field, ...] = (
    ("id", lambda question: question.id),
    ("type", lambda question: question.type),
    ("level", lambda question: question.level),
    ("source", lambda question: question.source),
    (
        "source_language",
        lambda question: question.source_language if question.source_language != "en" else None,
    ),
    ("objective", lambda question: _per_language(question, question.objective)),
    ("convention", lambda question: _per_language(question, question.convention)),
    ("note", lambda question: question.note),
    ("generator", lambda question: question.generator),
    ("generator_source", lambda question: question.generator_source),
    ("parameters", _parameters),
    ("variants", lambda question: question.variant_count if question.is_generated else None),
    ("options", _options),
    ("choices", lambda question: list(question.choices)),
    ("key", _key),
    ("tolerance", _tolerance_of_generated),
    ("unit", lambda question: question.unit),
    ("units", typed_fields.units),
    ("digits", typed_fields.digits),
    ("answers", typed_fields.answers),
    ("gaps", lambda question: typed_fields.gaps(question, _tolerance)),
    ("program", typed_fields.program),
    ("slips", _slips),
    ("text_rules", typed_fields.text_rules),
    ("scoring", lambda question: question.scoring),
    ("words", marked_fields.words),
    ("rubric", marked_fields.rubric),
    ("code", marked_fields.code),
    ("hotspot", picture_fields.hotspot),
    ("images", picture_fields.images),
    ("hints", picture_fields.hints),
    ("texts", _texts),
)

#: One row per field of a text, in the order of the file.
TEXT_FIELDS: tuple[TextField, ...] = (
    ("revision", lambda question, text: text.revision if text.revision != 1 else None),
    ("stem", lambda question, text: text.stem),
    ("options", _option_texts),
    ("choices", _choice_texts),
    ("answers", typed_fields.answer_texts),
    ("gaps", typed_fields.gap_texts),
    ("slips", lambda question, text: {slip: text.slips[slip] for slip in sorted(text.slips)}),
    ("rubric", marked_fields.rubric_texts),
    ("model_answer", lambda question, text: text.model_answer),
    ("images", picture_fields.image_texts),
    ("regions", picture_fields.region_texts),
    ("hints", picture_fields.hint_texts),
    ("explanation", lambda question, text: text.explanation),
)
