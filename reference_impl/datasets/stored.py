"""Files of data sets on this machine, under `datasets/` of the data folder: `PROVA_VAR`, else `var/` of the checkout."""

import hashlib
import os
from pathlib import Path

from reference_impl.datasets.sources import IdxFile, Source
from reference_impl.errors import CompressionError, CorruptData, NotAvailable

CHECKOUT = Path(__file__).resolve().parents[2]


def folder_of(source: Source) -> Path:
    data_folder = Path(os.environ.get("PROVA_VAR") or CHECKOUT / "var").absolute()
    return data_folder / "datasets" / source.name


def stored_bytes(source: Source, file: IdxFile, folder: Path) -> bytes:
    """The file, as it was published. NotAvailable: it is not there or cannot be read; CorruptData: its checksum differs."""
    path = folder / file.name
    try:
        data = path.read_bytes() if path.stat().st_size == file.size_bytes else b""
    except FileNotFoundError:
        raise NotAvailable(f"{path} is not there. Run `{source.command}`.") from None
    except OSError as error:
        raise NotAvailable(f"{path} cannot be read: {error.strerror}.") from error
    if not is_genuine(data, file):
        raise CorruptData(f"{path} is damaged. Run `{source.command}`, which replaces it.")
    return data


def is_genuine(data: bytes, file: IdxFile) -> bool:
    return hashlib.sha256(data).hexdigest() == file.sha256


def is_stored(source: Source, file: IdxFile, folder: Path) -> bool:
    try:
        return bool(stored_bytes(source, file, folder))
    except CompressionError:
        return False
