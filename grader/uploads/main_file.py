"""Which of several files is the one whose functions are called."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.report import Message
from grader.uploads.upload import UploadRefused
from grader.visible import shown_name

MAIN_FILE = "submission.py"
_NAMES_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class MainFile:
    file: str
    notices: tuple[Message, ...] = ()


def choose_main(files: Mapping[str, str], functions: Sequence[str]) -> MainFile:
    """`files`: those that lie in no folder. UploadRefused: there is none, or one cannot tell which."""
    if MAIN_FILE in files:
        return MainFile(file=MAIN_FILE)
    if len(files) == 1:
        return MainFile(file=next(iter(files)))
    if not files:
        raise UploadRefused("no_main")
    counts = {file: sum(defines(source, name) for name in functions) for file, source in files.items()}
    best = [file for file, count in counts.items() if count == max(counts.values())]
    if len(best) > 1:
        names = ", ".join(map(shown_name, sorted(best)[:_NAMES_SHOWN]))
        raise UploadRefused("which_main", files=names + (", …" if len(best) > _NAMES_SHOWN else ""))
    return MainFile(file=best[0], notices=(Message(key="upload_main", params={"file": shown_name(best[0])}),))


def defines(source: str, function: str) -> bool:
    """At the top level of the file, by its look: nothing is parsed here."""
    name = re.escape(function)
    return bool(
        re.search(rf"^(?:(?:async[ \t]+)?def[ \t]+{name}[ \t]*\(|{name}[ \t]*=)", source, re.MULTILINE)
    )
