"""The options of a question, and their texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from questionbank.definition import OptionDefinition, OptionText
from questionbank.formats.fields import Fields, missing
from questionbank.formats.type_format import Neutral


def read_options(fields: Fields, known: Iterable[str]) -> tuple[OptionDefinition, ...]:
    """`known`: the fields an option of this type has."""
    known = set(known)
    options = []
    for each in fields.members("options"):
        each.only(known)
        pinned = "pin" in each.values and each.choice("pin", ["last"]) == "last"
        options.append(
            OptionDefinition(
                each.word("id"),
                each.flag("correct"),
                pinned,
                each.number("fraction"),
                match=each.word("match") if "match" in known else None,
            )
        )
    refuse_twice(fields, "options", [option.id for option in options])
    return tuple(options)


def refuse_twice(fields: Fields, key: str, ids: list[str]) -> None:
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        fields.problem(f"two {key} are called {twice}; every one needs an id of its own", key)


def option_texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    options = neutral.get("options", ())
    if not options:
        return {}
    written = fields.sub("options")
    written.only(option.id for option in options)
    if "options" not in fields.values:
        return {"options": {option.id: OptionText("", "") for option in options}}  # said once is enough
    return {"options": {option.id: _option_text(written, option.id) for option in options}}


def named_texts(fields: Fields, name: str, ids: Iterable[str]) -> dict[str, Any]:
    """One text per id, in the mapping `name`; nothing where there are no ids."""
    ids = tuple(ids)
    if not ids:
        return {}
    written = fields.sub(name)
    written.only(ids)
    return {name: {each: written.text(each) for each in ids}}


def _option_text(fields: Fields, option: str) -> OptionText:
    if option not in fields.values:
        fields.problem(missing(option), option)
        return OptionText("", "")
    inner = fields.sub(option)
    inner.only({"text", "explanation"})
    return OptionText(inner.text("text"), inner.text("explanation"))
