"""Where two values written as text differ, so that a page can mark it. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"[A-Za-z_][\w.]*|[+-]?(?:\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?)|\s+|.", re.DOTALL)
#: longer values are shown without marks: comparing costs the product of both lengths
_MAX_TOKENS = 400


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool = False


def marked(expected: str, got: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, token by token: a number differs as a whole, not in some of its digits."""
    left, right = _TOKENS.findall(expected), _TOKENS.findall(got)
    if max(len(left), len(right)) > _MAX_TOKENS:
        return (Piece(expected),), (Piece(got),)
    opcodes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return (
        _joined([(left[a:b], tag != "equal") for tag, a, b, _, _ in opcodes]),
        _joined([(right[a:b], tag != "equal") for tag, _, _, a, b in opcodes]),
    )


def _joined(spans: list[tuple[list[str], bool]]) -> tuple[Piece, ...]:
    return tuple(Piece("".join(tokens), differs) for tokens, differs in spans if tokens)
