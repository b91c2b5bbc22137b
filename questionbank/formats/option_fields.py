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
    ids = [option.id for option in options]
    for twice in sorted({option for option in ids if ids.count(option) > 1}):
        fields.problem(f"two options are called {twice}; every option needs an id of its own", "options")
    return tuple(options)


def option_texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    options = neutral.get("options", ())
    if not options:
        return {}
    written = fields.sub("options")
    written.only(option.id for option in options)
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
        fields.problem(missing(option))
        return OptionText("", "")
    inner = fields.sub(option)
    inner.only({"text", "explanation"})
    return OptionText(inner.text("text"), inner.text("explanation"))
