"""A .zip of Python files: names first, then each file while its bytes are counted. Headers are never believed."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from grader.report import Message
from grader.uploads.entry import Entry, entry_of, refuse_same_names, without_common_folder
from grader.uploads.main_file import choose_main
from grader.uploads.module_name import module_name
from grader.uploads.python_file import read_python, too_big
from grader.uploads.upload import MAX_UPLOAD_BYTES, Upload, UploadRefused
from grader.visible import shown_name

MAX_ENTRIES = 200
MAX_RATIO = 100  #: of unpacked to packed bytes, in files large enough for it to mean something
_LARGE_BYTES = 64 << 10
_CHUNK_BYTES = 16 << 10
_NAMES_SHOWN = 6
_PACKAGE_FILE = "__init__.py"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CENTRAL_HEADER = b"PK\1\2"  #: stands once before each entry of the directory


def read_archive(data: bytes, name: str, limit_bytes: int, functions: Sequence[str] = ()) -> Upload:
    """UploadRefused, naming the entry where there is one. `limit_bytes`: of all Python files together."""
    if len(data) > MAX_UPLOAD_BYTES or data.count(_CENTRAL_HEADER) > MAX_ENTRIES:
        raise UploadRefused("too_many_entries", limit=MAX_ENTRIES)
    with _opened(data) as archive:
        entries = _entries(archive)
        python = [entry for entry in entries if entry.is_python]
        if not python:
            raise UploadRefused("no_python")
        if sum(entry.info.compress_size for entry in python) > len(data):
            raise UploadRefused("damaged")  # entries that share their bytes
        texts, notices = _read_all(archive, python, limit_bytes)
    if len(texts) > 1 and not texts.get(_PACKAGE_FILE, "x").strip():
        del texts[
            _PACKAGE_FILE
        ]  # editors put an empty one into every folder; beside the main file it means nothing
    main = choose_main({file: text for file, text in texts.items() if "/" not in file}, functions)
    return Upload(
        source=texts[main.file],
        modules={module_name(file): text for file, text in texts.items() if file != main.file},
        file_name=name,
        main=main.file,
        notices=(*main.notices, *notices, *_left_out(entry for entry in entries if not entry.is_python)),
    )


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # the standard library says in many ways that bytes are no archive
        raise UploadRefused("damaged") from None


def _entries(archive: zipfile.ZipFile) -> list[Entry]:
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise UploadRefused("too_many_entries", limit=MAX_ENTRIES)
    all_of_them = [entry for entry in map(entry_of, infos) if entry is not None]
    refuse_same_names(all_of_them)
    return without_common_folder([entry for entry in all_of_them if not entry.is_noise])


def _read_all(
    archive: zipfile.ZipFile, entries: Iterable[Entry], limit_bytes: int
) -> tuple[dict[str, str], list[Message]]:
    texts: dict[str, str] = {}
    notices: list[Message] = []
    left_bytes = limit_bytes
    for entry in entries:
        content = _content(archive, entry, left_bytes, limit_bytes)
        left_bytes -= len(content)
        read = read_python(content, shown_name(entry.name), limit_bytes)
        texts[entry.name] = read.text
        notices += read.notices
    if sum(len(text.encode()) for text in texts.values()) > limit_bytes:
        raise too_big(limit_bytes)  # some were in an encoding that needs fewer bytes
    return texts, notices


def _content(archive: zipfile.ZipFile, entry: Entry, left_bytes: int, limit_bytes: int) -> bytes:
    """At most `left_bytes`, however much the entry would unpack to."""
    if entry.info.compress_type not in _METHODS:
        raise UploadRefused("method", file=shown_name(entry.name))
    content = bytearray()
    try:
        with archive.open(entry.info) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                content += chunk
                if len(content) > max(_LARGE_BYTES, MAX_RATIO * entry.info.compress_size):
                    raise UploadRefused("ratio", file=shown_name(entry.name))
                if len(content) > left_bytes:
                    raise too_big(limit_bytes)
    except UploadRefused:
        raise
    except Exception:  # as above: wrong checksums, broken streams, sizes that are not so
        raise UploadRefused("damaged_entry", file=shown_name(entry.name)) from None
    return bytes(content)


def _left_out(entries: Iterable[Entry]) -> list[Message]:
    names = [shown_name(entry.name) for entry in entries]
    if not names:
        return []
    more = ", …" if len(names) > _NAMES_SHOWN else ""
    return [Message(key="upload_left_out", params={"files": ", ".join(names[:_NAMES_SHOWN]) + more})]
