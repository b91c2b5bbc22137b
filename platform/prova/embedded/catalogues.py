"""Compiles every .po into its .mo: `python -m prova.embedded.catalogues FOLDER ...`. There is no gettext on a fresh machine."""

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folders: Iterable[Path]) -> list[Path]:
    """Only those older than their source. Returns the files written."""
    written = []
    for folder in folders:
        for source in sorted(folder.rglob("locale/*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                _compile(source, target)
                written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    draft = target.with_suffix(".draft")
    with draft.open("wb") as output:
        write_mo(output, catalogue)
    draft.rename(target)


if __name__ == "__main__":
    for path in compile_catalogues(map(Path, sys.argv[1:])):
        print(f"compiled {path}")
