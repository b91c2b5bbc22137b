"""A TOML file without some of its tables, as text: standard Python reads TOML and does not write it. Pure."""

import re
import tomllib
from collections.abc import Callable

_HEADER = re.compile(r"^\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_TRIPLE = re.compile(r'"""|\'\'\'')


def without_tables(text: str, is_dropped: Callable[[str], bool]) -> str:
    """`is_dropped` is asked for each header, as "checks.scale". Comments on lines of their own go too: they may tell.

    ValueError: what is left is not TOML any more.
    """
    kept: list[str] = []
    dropping, quote = False, ""
    for line in text.splitlines():
        if not quote:
            if header := _HEADER.match(line):
                dropping = is_dropped(header[1])
            elif line.lstrip().startswith("#"):
                continue
        if not dropping:
            kept.append(line)
        for found in _TRIPLE.findall(line):
            quote = "" if quote == found else quote or found
    left = "\n".join(kept).strip() + "\n"
    tomllib.loads(left)
    return left
