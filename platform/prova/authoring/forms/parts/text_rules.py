"""When two texts are the same answer. What is as by default is not written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prova.authoring.forms.content import Content
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled
from prova.authoring.forms.values import number, shown
from questionbank.typed import TextRules

FLAGS = ("ignore_case", "ignore_accents", "ignore_punctuation")
NUMBERS = ("typos", "typo_word_length")


def _write(neutral: Content, texts: Texts) -> Fields:
    rules = dict(neutral.get("text_rules", {}))
    # an unticked box is not sent: the rule that is off is the one that is ticked
    fields = {f"text_rules.{name}.off": "on" for name in FLAGS if rules.get(name) is False}
    return fields | {f"text_rules.{name}": shown(rules.get(name)) for name in NUMBERS}


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    rules: Content = {name: False for name in FLAGS if fields.get(f"text_rules.{name}.off")}
    rules |= filled({name: number(fields.get(f"text_rules.{name}", "")) for name in NUMBERS})
    default = TextRules()
    rules = {name: value for name, value in rules.items() if value != getattr(default, name)}
    return filled({"text_rules": rules}), {}


TEXT_RULES = Part(("text_rules",), (), _write, _read)
