"""What a reader of a source should know and might not see. Hints: they never change a mark. Pure, nothing is run."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from grader.forbidden_names import used_names
from grader.hidden_characters import hidden_characters, lookalikes
from grader.report import Message
from grader.uploads.module_files import file_name, module_files

MOST_PER_KIND = 5
_LIBRARIES = {"numpy", "torch", "numba", "llvmlite", "scipy", "sklearn", "pandas", "matplotlib", "support"}


def review(
    source: str, modules: Mapping[str, str] | None = None, *, forbidden: Sequence[str] = ()
) -> tuple[Message, ...]:
    """`forbidden`: dotted names as `import` has them, "numpy.fft"; who means to hide their use can."""
    files = {"": source, **{part.file: part.source for part in module_files(modules or {}).values()}}
    found: dict[str, list[Message]] = {}
    for message in _messages(files, modules or {}, forbidden):
        found.setdefault(message.key, []).append(message)
    return tuple(message for kind in found.values() for message in kind[:MOST_PER_KIND])


def _messages(
    files: Mapping[str, str], modules: Mapping[str, str], forbidden: Sequence[str]
) -> Iterator[Message]:
    for file, source in files.items():
        where = {"file": file} if file else {}
        for line, character in hidden_characters(source, MOST_PER_KIND):
            yield Message(key="review_invisible", params={"line": line, **where, **character})
        for line, word, character in lookalikes(source, MOST_PER_KIND):
            yield Message(key="review_lookalike", params={"line": line, "word": word, **where, **character})
        for line, name in used_names(source, forbidden, MOST_PER_KIND):
            yield Message(key="review_forbidden", params={"line": line, "name": name, **where})
    for name in modules:
        if name.partition(".")[0] in sys.stdlib_module_names | _LIBRARIES and "." not in name:
            yield Message(key="review_like_library", params={"file": file_name(name), "module": name})
