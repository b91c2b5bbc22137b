"""A passage of a text around what was looked for, with the matches marked. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Around a match in what the database sends back; no authored text holds them.
START, STOP = "\x01", "\x02"
Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    text: str
    is_match: bool


def spans_in(marked: str, length: int) -> list[Span]:
    """Where matches lie in the unmarked text; none if that is not of this length, so that positions would be off."""
    spans: list[Span] = []
    at = begun = 0
    for letter in marked:
        if letter == START:
            begun = at
        elif letter == STOP:
            spans.append((begun, at))
        else:
            at += 1
    return spans if at == length else []


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order, without overlaps."""
    result: list[Span] = []
    for start, stop in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(stop, result[-1][1]))
        else:
            result.append((start, stop))
    return result


def passage(text: str, spans: Sequence[Span], width: int = 180) -> list[Piece]:
    """At most about `width` characters from shortly before the first match, cut at spaces."""
    first = spans[0][0] if spans else 0
    start = 0 if first < width // 2 else text.rfind(" ", 0, first - width // 4) + 1
    stop = len(text) if len(text) - start <= width else max(text.rfind(" ", start, start + width), start + 1)
    if spans:
        stop = max(stop, spans[0][1])
    pieces = list(
        _pieces(text, [span for span in spans if start <= span[0] and span[1] <= stop], start, stop)
    )
    if start:
        pieces.insert(0, Piece("… ", False))
    if stop < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _pieces(text: str, spans: Iterable[Span], start: int, stop: int) -> Iterable[Piece]:
    at = start
    for begin, end in spans:
        if begin > at:
            yield Piece(text[at:begin], False)
        yield Piece(text[begin:end], True)
        at = end
    if at < stop:
        yield Piece(text[at:stop], False)
