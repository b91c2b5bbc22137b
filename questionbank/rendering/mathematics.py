"""LaTeX to MathML, with the decimal sign of the page's language."""

import re
from functools import lru_cache
from xml.etree import ElementTree

from latex2mathml.converter import convert

from questionbank.rendering.numbers import writes_comma
from questionbank.rendering.problem import RenderingProblem

#: `0{,}78` is how LaTeX writes a decimal comma; the converter would take it for punctuation and split the number.
_COMMA_IN_NUMBER = re.compile(r"(?<=\d)\{,\}(?=\d)")
#: A word as an index is set as a word; the converter would multiply its letters.
_WORD_INDEX = re.compile(r"([_^])\{([A-Za-z]{3,})\}")
_DECIMAL = re.compile(r"(<mn>\d*)\.(\d+</mn>)")
_UNKNOWN_COMMAND = re.compile(r"\\[A-Za-z]+")
#: The number of children these elements must have to be drawn.
_ARITY = {
    "mfrac": 2,
    "msub": 2,
    "msup": 2,
    "mroot": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}


@lru_cache(maxsize=8192)
def mathml(latex: str, language: str, display: bool) -> str:
    """Raises RenderingProblem for LaTeX that is broken or unknown to the converter."""
    source = _WORD_INDEX.sub(r"\1{\\text{\2}}", _COMMA_IN_NUMBER.sub(".", latex.strip()))
    _refuse_unbalanced(source)
    try:
        converted = convert(source, display="block" if display else "inline")
        _refuse_incomplete(converted, latex)
    except RenderingProblem:
        raise
    except Exception as problem:  # the converter has a dozen error types and lets IndexError through as well
        raise RenderingProblem(
            f"the formula ${latex}$ cannot be read", f"correct it ({problem!r})"
        ) from problem
    # the converter takes the semicolon for a letter, and draws no space after it
    converted = converted.replace("<mi>;</mi>", "<mo>;</mo>")
    return _DECIMAL.sub(r"\1,\2", converted) if writes_comma(language) else converted


def _refuse_unbalanced(latex: str) -> None:
    bare = re.sub(r"\\[{}\\]", "", latex)
    if bare.count("{") != bare.count("}"):
        raise RenderingProblem(f"the formula ${latex}$ has unequal braces", "close every { with a }")


def _refuse_incomplete(converted: str, latex: str) -> None:
    for element in ElementTree.fromstring(converted).iter():
        name = element.tag.rpartition("}")[2]
        wanted = _ARITY.get(name)
        if wanted is not None and len(element) != wanted:
            raise RenderingProblem(f"the formula ${latex}$ is incomplete", "give every command its arguments")
        unknown = _UNKNOWN_COMMAND.search(element.text or "")
        if unknown:
            raise RenderingProblem(
                f"the formula ${latex}$ uses {unknown[0]}, which is not known here",
                r"use a common command, or \text{…} for a word",
            )
