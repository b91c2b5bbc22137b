"""How a question says where its numbers come from: a built-in generator, a program of its own, declared parameters."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import Fields
from questionbank.parameters import BadDeclaration, Declaration

MAX_VARIANTS = 50
MAX_SOURCE_BYTES = 50_000
WAYS = ("generator", "generator_source", "parameters")
FIELDS = frozenset({*WAYS, "variants"})


def is_generated(fields: Fields) -> bool:
    """Whether key, slips and options come from a draw."""
    return any(fields.values.get(way) for way in WAYS)


def read_generator(fields: Fields) -> dict[str, Any]:
    """The fields of the definition that say what is drawn, and how often."""
    written = [way for way in WAYS if fields.values.get(way)]
    if len(written) > 1:
        fields.problem(f"numbers come from one place; keep one of {', '.join(written)}", written[1])
    if not written and "variants" in fields.values:
        fields.problem("“variants” needs a generator; name one or leave it out", "variants")
    return {
        "generator": fields.text("generator", required=False) or None,
        "generator_source": _source(fields),
        "parameters": _parameters(fields),
        "variant_count": fields.whole("variants", 1, 1, MAX_VARIANTS) if written else 1,
    }


def _source(fields: Fields) -> str | None:
    source = fields.text("generator_source", required=False)
    if not source:
        return None
    if len(source.encode()) > MAX_SOURCE_BYTES:
        fields.problem(f"a generator has at most {MAX_SOURCE_BYTES} bytes; shorten it", "generator_source")
    if "\0" in source:
        fields.problem("the generator holds a null character and is not Python text", "generator_source")
    return source


def _parameters(fields: Fields) -> dict[str, Any] | None:
    if not fields.values.get("parameters"):
        return None
    declared = inner = fields.sub("parameters")
    try:
        Declaration.read(declared.values)
    except BadDeclaration as bad:
        *outer, last = bad.place or (None,)
        for key in filter(None, outer):
            inner = inner.sub(key, required=False)
        inner.problem(str(bad), last)
    return dict(declared.values) or None
