"""One text or number of a YAML file: plain where that is safe, quoted where it is not, a block where it has lines."""

from __future__ import annotations

import io
import re

import yaml
from yaml.emitter import Emitter
from yaml.resolver import Resolver

#: Where a long text of one line is broken: at the single space between two sentences.
_BREAK = re.compile(r"(?<=[.!?]) (?=[^\W\d_a-z]|[$`“\"(\\\[*])")
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_STRING = "tag:yaml.org,2002:str"


def number(value: int | float) -> str:
    """As Python writes it; YAML 1.1 wants a point in a number with an exponent."""
    text = repr(value)
    mantissa, exponent_sign, exponent = text.partition("e")
    return f"{mantissa}.0e{exponent}" if exponent_sign and "." not in mantissa else text


def quoted_or_plain(text: str) -> str:
    if _is_plain(text):
        return text
    if text.isprintable() and "'" not in text:
        return f"'{text}'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def lines_of(text: str) -> list[str]:
    """Header and lines of the text as a block: `|` where it has lines of its own, `>-` broken between its sentences
    where it has one. What no block can hold comes back in quotes, as the header alone."""
    lines = text.split("\n")
    if not text or text[0] in " \t\n" or text != text.rstrip() or not all(map(_is_printable, lines)):
        return [quoted_or_plain(text)]
    return ["|", *lines] if len(lines) > 1 else [">-", *_BREAK.split(text)]


def _is_plain(text: str) -> bool:
    if not text or "\n" in text or Resolver().resolve(yaml.ScalarNode, text, (True, False)) != _STRING:
        return False
    emitter = Emitter(io.StringIO(), allow_unicode=True)
    # brackets and commas too: a text stays as it is when it moves into brackets
    return bool(emitter.analyze_scalar(text).allow_block_plain) and _is_printable(text)


def _is_printable(line: str) -> bool:
    """A superset of what YAML calls a line: no control characters, no other line breaks, no byte order mark."""
    return all(character.isprintable() or character in "\u00a0\u202f\u2009\t" for character in line)


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
