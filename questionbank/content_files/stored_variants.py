"""The drawn numbers of a topic's questions as JSON: one variant a line, so that a changed one is one changed line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.draw_fingerprint import draw_fingerprint
from questionbank.findings import Finding
from questionbank.variant import Variant


@dataclass(frozen=True)
class StoredVariants:
    #: Of the question they were drawn for.
    drawn_for: str
    variants: tuple[Variant, ...]

    def fits(self, question: QuestionDefinition) -> bool:
        """Whether drawing anew could give anything else: nothing that a draw looks at has changed since."""
        return self.drawn_for == draw_fingerprint(question)


def write_variants(drawn: Mapping[str, StoredVariants]) -> str:
    """By question id."""
    return "{\n" + ",\n".join(_entry(name, drawn[name]) for name in sorted(drawn)) + "\n}\n"


def _entry(name: str, stored: StoredVariants) -> str:
    lines = ",\n".join(f"  {variant.as_text}" for variant in stored.variants)
    return f'{json.dumps(name)}: {{"drawn_for": "{stored.drawn_for}", "variants": [\n{lines}\n]}}'


def read_variants(text: str, path: Path) -> tuple[dict[str, StoredVariants], list[Finding]]:
    try:
        document = json.loads(text)
    except ValueError as problem:
        line = getattr(problem, "lineno", 1)
        return {}, [Finding(path, line, "variants", f"not readable as JSON: {problem}; export it again")]
    if not isinstance(document, dict):
        return {}, [Finding(path, 1, "variants", "the file must map ids of questions to their variants")]
    read, findings = {}, []
    for name, entry in document.items():
        try:
            read[name] = _read(entry)
        except (TypeError, KeyError, ValueError, AttributeError):
            line = text.count("\n", 0, max(text.find(json.dumps(name)), 0)) + 1
            message = "these variants are not as an export writes them; export them again, or leave them out"
            findings.append(Finding(path, line, "variants", message, name))
    return read, findings


def _read(entry: Mapping[str, Any]) -> StoredVariants:
    variants = tuple(_variant(each) for each in entry["variants"])
    if not variants or not isinstance(entry["drawn_for"], str) or len(set(_texts(variants))) < len(variants):
        raise ValueError("no variants, or two that are the same")
    return StoredVariants(entry["drawn_for"], variants)


def _texts(variants: Sequence[Variant]) -> list[str]:
    return [variant.as_text for variant in variants]


def _variant(data: Mapping[str, Any]) -> Variant:
    if set(data) != {"params", "options", "key"} or not all(
        isinstance(data[name], dict) for name in ("params", "options")
    ):
        raise ValueError("not a variant")
    key = data["key"]
    if key is not None and not _is_key(key):
        raise ValueError("not a key")
    return Variant.from_json(data)


def _is_key(key: Any) -> bool:
    numbers = [key["value"], *key["slips"].values()]
    return all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers)
