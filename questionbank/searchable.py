"""Authored text as words to be found. Pure.

Three forms of one text: `readable` (what an excerpt shows), `words` (the same length, only what the database's parser
takes for words and numbers) and `folded` (the same length again, without accents). Equal lengths let a match in one of
them be marked in another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from questionbank.rendering import RenderingProblem
from questionbank.rendering.numbers import Context
from questionbank.rendering.placeholders import PLACEHOLDER, Placeholder, show, value_of
from questionbank.variant import Variant

_FORMULA = re.compile(r"(?<!\\)\$\$?(.+?)(?<!\\)\$\$?", re.DOTALL)
# A line begins with spaces of its own: \s would look across all empty lines, from every one of them.
_FENCE = re.compile(r"^[^\S\n]*(```|~~~).*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=[^\s\\])[*_]{1,3}(?!\w)")
_LINE_START = re.compile(r"^[^\S\n]*(?:[>#]+|[-*+]|\|[-:| ]+\|)(?:\s|$)", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[^\S\n]*\|.*\|[^\S\n]*$", re.MULTILINE)
#: TeX whose names are words of the field; every other command only lays out.
_TEX_WORDS = re.compile(
    "alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|rho|sigma|tau|phi|omega|Delta|Sigma|Omega|Phi|Lambda|log|ln"
    "|exp|min|max|arg|argmin|argmax|sqrt|sum|prod|sign|round|clip|mod|infty"
)
_TEX_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\[^A-Za-z]")
#: One decimal sign between digits is part of the number; more than one separates.
_DECIMAL = re.compile(r"(?<![\w.,])(\d+)[.,](\d+)(?![.,]?\w)")
_NO_WORD = re.compile(r"[\W_]")
#: What a query means by itself; everything else is a word.
_QUERY_PART = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>\S+)')


def readable(source: str, language: str, variant: Variant) -> str:
    """One line without Markdown, TeX or placeholders; numbers are those of the variant."""
    text = PLACEHOLDER.sub(lambda found: _value(found, language, variant), source)
    text = _FORMULA.sub(lambda found: _formula(found[1]), text)
    text = _LINE_START.sub(" ", _FENCE.sub(" ", text))
    text = _TABLE_ROW.sub(lambda row: row[0].replace("|", " "), text)
    text = _EMPHASIS.sub("", _LINK.sub(r"\1", text)).replace("`", "")
    text = re.sub(r"\\([\\$*_`\[\]{}#|])", r"\1", text)
    return " ".join(text.split())


def _value(found: re.Match[str], language: str, variant: Variant) -> str:
    placeholder = Placeholder(found[1], int(found[2]) if found[2] else None)
    try:
        return show(value_of(placeholder, variant), language, placeholder.decimals, Context.PROSE)
    except RenderingProblem:
        return "…"


def _formula(tex: str) -> str:
    bare = _TEX_COMMAND.sub(
        lambda found: found[1] if _TEX_WORDS.fullmatch(found[1] or "") else " ", tex.replace("{,}", ".")
    )
    return " " + re.sub(r"[{}&]", " ", bare) + " "


def words(text: str) -> str:
    """Of the same length: letters and digits stay, 0,5 is 0.5, everything else is a space."""
    decimals = {found.end(1) for found in _DECIMAL.finditer(text)}
    return "".join(
        "." if at in decimals else " " if _NO_WORD.match(letter) else letter for at, letter in enumerate(text)
    )


def folded(text: str) -> str:
    """Of the same length: letters without their accents."""
    return "".join(_bare(letter) for letter in text)


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter
    first = unicodedata.normalize("NFD", letter)[0]
    return first if first.isalnum() and not unicodedata.combining(first) else letter


def asked(query: str) -> str:
    """A person's query in the database's web search syntax: words, "phrases", `or`, `-without`.

    `zero_point`, `2:4` and `np.clip` mean those words side by side; a minus before a digit is a sign, not a wish.
    """
    return " ".join(_asked_parts(query.replace("“", '"').replace("”", '"')))


def _asked_parts(query: str) -> Iterator[str]:
    for found in _QUERY_PART.finditer(query):
        word = found["word"] or ""
        negative = bool(found["minus"]) or (word.startswith("-") and not word[1:2].isdigit())
        bare = " ".join(words(found["phrase"] if found["phrase"] is not None else word).split())
        if not bare:
            continue
        is_phrase = found["phrase"] is not None or " " in bare
        yield ("-" if negative else "") + (f'"{bare}"' if is_phrase else bare)


def spellings(query: str) -> tuple[str, ...]:
    """The query as asked, without accents, and with the accents of Portuguese endings that stemming rests on."""
    plain = folded(query)
    restored = re.sub(r"coes\b", "ções", re.sub(r"cao\b", "ção", plain))
    return tuple(dict.fromkeys([query, plain, restored]))
