"""Where a source uses names that an exercise asks to do without, under whatever alias it imported them. Pure.

A hint for honest people: `getattr(np, "f" + "ft")` is not found, and need not be, since no mark depends on it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from grader.code_text import code_only

_NAME = r"[^\W\d]\w*"
_DOTTED = re.compile(rf"(?<![\w.]){_NAME}(?:\.{_NAME})*")
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n;]*)", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b[ \t]*(\([^()]*\)|[^\n;(]*)", re.MULTILINE)
_AS = re.compile(r"([\w.]+)(?:[ \t]+as[ \t]+(\w+))?")


def used_names(source: str, forbidden: Sequence[str], most: int) -> Iterator[tuple[int, str]]:
    """Line and forbidden name, in the order of the source; each name once a line, `most` in all."""
    suspects = [name for name in forbidden if re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", source)]
    if not suspects:
        return
    code = code_only(source).replace("\\\n", "  ")  # a statement on one line; every character where it was
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    seen: set[tuple[int, str]] = set()
    for position, dotted in sorted(_mentioned(code)):
        for name in suspects:
            use = bisect_right(starts, position), name
            if (dotted == name or dotted.startswith(name + ".")) and use not in seen:
                if len(seen) == most:
                    return
                seen.add(use)
                yield use


def _mentioned(code: str) -> Iterator[tuple[int, str]]:
    """Position and full name of whatever is imported or used."""
    stands_for: dict[str, str] = {}
    for found in _IMPORT.finditer(code):
        for part in _AS.finditer(found[1]):
            stands_for |= {part[2]: part[1]} if part[2] else {}
            yield found.start(1) + part.start(), part[1]
    for found in _FROM.finditer(code):
        for part in _AS.finditer(found[2]):
            stands_for[part[2] or part[1]] = f"{found[1]}.{part[1]}"
            yield found.start(2) + part.start(), f"{found[1]}.{part[1]}"
    for found in _DOTTED.finditer(code):
        first, dot, rest = found[0].partition(".")
        yield found.start(), stands_for.get(first, first) + dot + rest
