"""Python source by its look, without parsing: what is code, what is a string or a comment. Pure, linear in time.

Parsers have stacks that end, and a learner's file is compiled in the sandbox only. No possessive groups: before Python 3.11.5
they match wrongly.
"""

import re

_OPENING = re.compile(r"\"{3}|'{3}|[\"'#]")
#: What may end a string, and escapes, in bounded runs since each costs the engine memory.
_ESCAPES = r"(?:\\.){1,1000}|"
_CLOSING = {
    quote: re.compile(_ESCAPES + ending, re.DOTALL)
    for quote, ending in {'"""': '"{3}', "'''": "'{3}", '"': r'"|(?=\n)', "'": r"'|(?=\n)"}.items()
}
_NOT_A_NEW_LINE = re.compile(r"[^\n]")


def end_of_literal(source: str, start: int) -> int:
    """Of the string or comment that begins there. A string that does not end runs on; on one line it ends with it."""
    opening = _OPENING.match(source, start)
    assert opening is not None
    quote, position = opening[0], opening.end()
    if quote == "#":
        end = source.find("\n", position)
        return len(source) if end < 0 else end
    while found := _CLOSING[quote].search(source, position):
        if not found[0].startswith("\\"):
            return found.end()
        position = found.end()
    return len(source)


def code_only(source: str) -> str:
    """Strings and comments as blanks: every character stands where it stood."""
    pieces, position = [], 0
    while found := _OPENING.search(source, position):
        end = end_of_literal(source, found.start())
        pieces += [source[position : found.start()], _NOT_A_NEW_LINE.sub(" ", source[found.start() : end])]
        position = end
    return "".join([*pieces, source[position:]])
