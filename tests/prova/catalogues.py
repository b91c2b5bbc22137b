"""Every text of the site marked for translation, and what the catalogues say for it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SITE = Path(__file__).resolve().parents[2] / "platform" / "prova"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
    "N_": None,
}


@dataclass(frozen=True)
class Marked:
    """One marked text; with a plural it has two forms."""

    file: str
    line: int
    forms: tuple[str, ...]
    context: str | None


def marked_texts() -> Iterator[Marked]:
    for file in sorted(SITE.rglob("*.py")):
        if "migrations" not in file.parts:
            yield from _marked_in(file, file.read_text(encoding="utf-8"))
    for file in sorted(SITE.rglob("templates/**/*.html")):
        python = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        # What is left of the template's own indentation is no Python's.
        yield from _marked_in(file, "\n".join(line.lstrip() for line in python.splitlines()))


def _marked_in(file: Path, python: str) -> Iterator[Marked]:
    found = extract("python", io.BytesIO(python.encode()), keywords=KEYWORDS)
    for line, message, _comments, context in found:
        forms = (message,) if isinstance(message, str) else tuple(message)
        yield Marked(str(file.relative_to(SITE)), line, forms, context)


def translations() -> dict[tuple[str, str | None], tuple[str, ...]]:
    """(text, context) -> its Portuguese forms, over all catalogues; fuzzy and empty ones are left out."""
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for file in sorted(SITE.rglob("locale/pt_BR/LC_MESSAGES/*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="pt_BR", abort_invalid=True):
                forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                if message.id and all(forms) and not message.fuzzy:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    found[key, message.context] = tuple(str(form) for form in forms)
    return found
