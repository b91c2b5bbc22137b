"""Archives as people and attackers make them, in memory."""

import io
import zipfile
from collections.abc import Mapping

SOLUTION = "def quantize(x):\n    return x\n"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """An ordinary .zip. A name may hold anything."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(entry(name), content)
    return buffer.getvalue()


def entry(name: str, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Exactly this name: ZipInfo would cut and correct it."""
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    info.compress_type = method
    return info


def with_mode(name: str, mode: int, content: str = "target") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("submission.py", SOLUTION)
        archive.writestr(entry(name, mode), content)
    return buffer.getvalue()


def overlapping(count: int) -> bytes:
    """Many entries of the directory that name the same packed bytes, as the better zip bombs do."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("f00.py", "x = 1  # " + "ab" * 40_000)
        first = archive.infolist()[0]
        for number in range(1, count):
            copy = entry(f"f{number:02}.py")
            for field in ("header_offset", "file_size", "compress_size", "CRC"):
                setattr(copy, field, getattr(first, field))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    return buffer.getvalue()


def lying_about_its_size(true_bytes: int) -> bytes:
    """The headers say 10 bytes."""
    data = bytearray(packed({"submission.py": b"#" * true_bytes}))
    local = data.index(b"PK\3\4")
    central = data.index(b"PK\1\2")
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    return bytes(data)
