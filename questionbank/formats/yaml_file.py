"""The question files of questionbank/content/questions; their format is described in questionbank/content/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionbank.definition import (
    LEVELS,
    REQUIRED_LANGUAGES,
    OptionDefinition,
    OptionText,
    QuestionDefinition,
    QuestionText,
    ToleranceDefinition,
)
from questionbank.findings import Finding
from questionbank.formats.fields import WORD, Fields, Notes, missing
from questionbank.formats.located_yaml import Place, load
from questionbank.formats.matching_fields import matching_choices
from questionbank.items import ITEM_TYPES
from questionbank.items.partial_credit import DEFAULT_RULE, FRACTIONS, RULES
from questionbank.items.rows import RowItem
from questionbank.items.tolerance import KINDS

MAX_FILE_BYTES = 2_000_000
MAX_VARIANTS = 50

_COMMON = {"id", "type", "level", "source", "objective", "convention", "generator", "variants", "texts"}
_OF_TYPE = {
    "single_choice": {"options"},
    "multiple_choice": {"options", "scoring"},
    "numeric": {"key", "tolerance", "unit", "slips"},
    "true_false": {"options", "scoring"},
    "matching": {"options", "choices", "scoring"},
    "ordering": {"options", "scoring"},
}
_OPTION_OF_TYPE = {
    "single_choice": {"id", "correct", "pin", "fraction"},
    "multiple_choice": {"id", "correct", "pin", "fraction"},
    "true_false": {"id", "correct"},
    "matching": {"id", "match"},
    "ordering": {"id"},
}


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
    return read_questions(text, shown)


def _unreadable(path: Path, message: str) -> QuestionFile:
    return QuestionFile((), (Finding(path, 1, "schema", f"the file {message}"),))


def read_questions(text: str, path: Path) -> QuestionFile:
    document = load(text)
    notes = Notes(path, document)
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
    fields.only(_COMMON | _OF_TYPE[item_type])
    generator = fields.text("generator", required=False) or None
    options = _options(fields, item_type) if item_type != "numeric" else ()
    choices = matching_choices(fields, options) if item_type == "matching" else ()
    slips = _slips(fields, generator)
    key, tolerance = _key(fields, generator) if item_type == "numeric" else (None, None)
    if generator is None and "variants" in fields.values:
        fields.problem("“variants” needs a generator; name one or leave it out", "variants")
    return QuestionDefinition(
        id=fields.word("id"),
        topic=topic,
        type=item_type,
        level=fields.choice("level", LEVELS),
        source=fields.text("source"),
        objective=_per_language(fields, "objective"),
        convention=_per_language(fields, "convention"),
        texts=_texts(fields, options, slips, choices),
        generator=generator,
        variant_count=fields.whole("variants", 1, 1, MAX_VARIANTS) if generator else 1,
        options=options,
        scoring=_scoring(fields, options, item_type),
        key=key,
        tolerance=tolerance,
        unit=fields.text("unit", required=False) or None,
        slips=slips,
        choices=choices,
    )


def _options(fields: Fields, item_type: str) -> tuple[OptionDefinition, ...]:
    options = []
    for each in fields.members("options"):
        each.only(_OPTION_OF_TYPE[item_type])
        pinned = "pin" in each.values and each.choice("pin", ["last"]) == "last"
        options.append(
            OptionDefinition(
                each.word("id"),
                each.flag("correct"),
                pinned,
                each.number("fraction"),
                match=each.word("match") if item_type == "matching" else None,
            )
        )
    ids = [option.id for option in options]
    for twice in sorted({option for option in ids if ids.count(option) > 1}):
        fields.problem(f"two options are called {twice}; every option needs an id of its own", "options")
    keys = sum(option.correct for option in options)
    if item_type == "single_choice" and keys != 1:
        fields.problem(f"{keys} options are marked correct; single choice has exactly one key", "options")
    if item_type == "multiple_choice" and keys == 0 and fields.values.get("scoring") != FRACTIONS:
        fields.problem("no option is marked correct; mark every key", "options")
    return tuple(options)


def _scoring(fields: Fields, options: tuple[OptionDefinition, ...], item_type: str) -> str | None:
    rows = ITEM_TYPES[item_type]
    if issubclass(rows, RowItem):
        return fields.choice("scoring", rows.rules, default=rows.rules[0])
    if item_type != "multiple_choice":
        return None
    rule = fields.choice("scoring", [*RULES, FRACTIONS], default=DEFAULT_RULE)
    written = [option.fraction for option in options if option.fraction is not None]
    if rule == FRACTIONS:
        _check_fractions(fields, options)
    elif written:
        fields.problem("a “fraction” on an option needs “scoring: fractions”", "options")
    return rule


def _check_fractions(fields: Fields, options: tuple[OptionDefinition, ...]) -> None:
    fractions = {option.id: option.fraction or 0.0 for option in options}
    gained = sum(fraction for fraction in fractions.values() if fraction > 0)
    if abs(gained - 1) > 1e-4:
        fields.problem(f"the fractions above zero add up to {gained:g}; they must make 1", "options")
    for option in options:
        if option.correct != (fractions[option.id] > 0):
            fields.problem(
                f"option {option.id}: a fraction above zero and “correct: true” go together", "options"
            )
        if abs(fractions[option.id]) > 1:
            fields.problem(f"option {option.id}: a fraction lies between -1 and 1", "options")


def _slips(fields: Fields, generator: str | None) -> dict[str, float | None]:
    value = fields.values.get("slips")
    if value is None:
        return {}
    if generator:
        if not isinstance(value, list) or not all(isinstance(slip, str) for slip in value):
            fields.problem(
                "with a generator “slips” is a list of names; the generator computes the values", "slips"
            )
            return {}
        names = dict.fromkeys(value)
        _check_words(fields, names)
        return dict(names)
    if not isinstance(value, Mapping):
        fields.problem("without a generator “slips” maps each name to its wrong value", "slips")
        return {}
    _check_words(fields, value)
    inner = fields.sub("slips")
    return {slip: inner.number(slip, required=True) for slip in value}


def _check_words(fields: Fields, names: Mapping[str, Any]) -> None:
    for name in names:
        if not WORD.fullmatch(name):
            fields.problem(f"slip “{name}” must be small letters, digits, - and _", "slips")


def _key(fields: Fields, generator: str | None) -> tuple[float | None, ToleranceDefinition | None]:
    if generator:
        if "key" in fields.values:
            fields.problem("the generator computes the key; leave “key” out and write “tolerance”", "key")
        return None, _tolerance(fields)
    key = fields.sub("key")
    key.only({"value", "tolerance"})
    if "tolerance" in fields.values and "tolerance" in key.values:
        fields.problem("“tolerance” is written twice; keep the one inside “key”", "tolerance")
    holder = key if "tolerance" in key.values else fields
    return key.number("value", required=True), _tolerance(holder)


def _tolerance(fields: Fields) -> ToleranceDefinition:
    tolerance = fields.sub("tolerance")
    kind = tolerance.choice("kind", KINDS)
    if kind == "interval":
        tolerance.only({"kind", "low", "high"})
        low, high = tolerance.number("low", required=True), tolerance.number("high", required=True)
        if low is not None and high is not None and low > high:
            tolerance.problem("“low” lies above “high”; exchange them", "low")
        return ToleranceDefinition(kind, low=low, high=high)
    with_floor = {"floor"} if kind in ("relative", "geometric", "significant_digits") else set()
    tolerance.only({"kind", "value"} | with_floor)
    if kind in ("decimal_places", "significant_digits"):
        value: float = tolerance.whole("value", 2, int(kind == "significant_digits"), 12)
    else:
        value = tolerance.number("value", required=True) or 0.0
    if value < 0:
        tolerance.problem("a tolerance is not negative", "value")
    return ToleranceDefinition(kind, value, floor=tolerance.number("floor") or 0.0)


def _per_language(fields: Fields, key: str) -> dict[str, str]:
    inner = fields.sub(key)
    return {
        language: inner.text(language) for language in dict.fromkeys([*REQUIRED_LANGUAGES, *inner.values])
    }


def _texts(
    fields: Fields,
    options: tuple[OptionDefinition, ...],
    slips: Mapping[str, Any],
    choices: tuple[str, ...],
) -> dict[str, QuestionText]:
    texts = fields.sub("texts")
    for language in REQUIRED_LANGUAGES:
        if texts.values and language not in texts.values:
            texts.problem(
                f"the text in {language} is missing; every question has {' and '.join(REQUIRED_LANGUAGES)}"
            )
    return {language: _text(texts.sub(language), options, slips, choices) for language in texts.values}


def _text(
    fields: Fields,
    options: tuple[OptionDefinition, ...],
    slips: Mapping[str, Any],
    choices: tuple[str, ...],
) -> QuestionText:
    known = (
        {"stem", "explanation", "revision"}
        | ({"options"} if options else set())
        | ({"slips"} if slips else set())
        | ({"choices"} if choices else set())
    )
    fields.only(known)
    written = fields.sub("options", required=bool(options))
    written.only(option.id for option in options)
    named = fields.sub("slips", required=bool(slips))
    named.only(slips)
    matched = fields.sub("choices", required=bool(choices))
    matched.only(choices)
    return QuestionText(
        stem=fields.text("stem"),
        explanation=fields.text("explanation"),
        options={option.id: _option_text(written, option.id) for option in options},
        slips={slip: named.text(slip) for slip in slips},
        choices={choice: matched.text(choice) for choice in choices},
        revision=fields.whole("revision", 1, 1, 9999),
    )


def _option_text(fields: Fields, option: str) -> OptionText:
    if option not in fields.values:
        fields.problem(missing(option))
        return OptionText("", "")
    inner = fields.sub(option)
    inner.only({"text", "explanation"})
    return OptionText(inner.text("text"), inner.text("explanation"))
