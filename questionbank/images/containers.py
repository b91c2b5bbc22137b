"""PNG, JPEG and WebP from the outside: the format by its first bytes, the size, and the parts that are no picture.

Sources: PNG specification (W3C, third edition), ITU-T T.81 annex B, the WebP container specification (RFC 9649).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
#: What a PNG needs to look as it should; texts, times and Exif are not among it.
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD"),
    *(b"pHYs", b"cICP"),
}
_WEBP_DROPPED = {b"EXIF", b"XMP "}
_EXIF_FLAG, _XMP_FLAG, _ANIMATION_FLAG = 0x08, 0x04, 0x02
#: APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colour transform) stay; Exif, XMP, IPTC and comments go.
_JPEG_DROPPED = {0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF}
_JPEG_SIZES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9


class BadImage(ValueError):
    """The author's turn; the text says what is wrong with the file, and what to do."""


@dataclass(frozen=True)
class Cleaned:
    media_type: str
    extension: str
    width: int
    height: int
    content: bytes


def cleaned(raw: bytes) -> Cleaned:
    """Raises BadImage."""
    try:
        if raw.startswith(_PNG):
            return _png(raw)
        if raw.startswith(b"\xff\xd8\xff"):
            return _jpeg(raw)
        if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            return _webp(raw)
    except (struct.error, IndexError):
        raise BadImage("it ends too early; export it again") from None
    if b"<svg" in raw[:1000].lower():
        raise BadImage("SVG files can hold scripts; draw it in the question, or export it as PNG")
    raise BadImage("its first bytes are those of no PNG, JPEG or WebP picture; export it as one")


def _png(raw: bytes) -> Cleaned:
    width, height = struct.unpack_from(">II", raw, 16)
    kept = [_PNG]
    names = []
    for name, chunk in _png_chunks(raw):
        names.append(name)
        if name in _PNG_KEPT:
            kept.append(chunk)
    if names[:1] != [b"IHDR"] or b"IDAT" not in names or names[-1] != b"IEND":
        raise BadImage("this PNG lacks a part; export it again")
    return Cleaned("image/png", "png", width, height, b"".join(kept))


def _png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(raw):
        (length,) = struct.unpack_from(">I", raw, at)
        name, end = raw[at + 4 : at + 8], at + 12 + length
        (checksum,) = struct.unpack_from(">I", raw, end - 4)
        if zlib.crc32(raw[at + 4 : end - 4]) != checksum:
            raise BadImage("this PNG is damaged; export it again")
        yield name, raw[at:end]
        if name == b"IEND":  # what follows is no picture
            return
        at = end


def _jpeg(raw: bytes) -> Cleaned:
    kept, size, at = [raw[:2]], None, 2
    while True:
        if raw[at] != 0xFF:
            raise BadImage("this JPEG is damaged; export it again")
        while raw[at + 1] == 0xFF:  # filling
            at += 1
        marker = raw[at + 1]
        if marker in (_JPEG_SCAN, _JPEG_END):
            break
        (length,) = struct.unpack_from(">H", raw, at + 2)
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", raw, at + 5)
            size = width, height
        if marker not in _JPEG_DROPPED:
            kept.append(raw[at : at + 2 + length])
        at += 2 + length
    end = raw.rfind(b"\xff\xd9")
    if size is None or marker == _JPEG_END or end < at:
        raise BadImage("this JPEG lacks a part; export it again")
    return Cleaned("image/jpeg", "jpg", *size, b"".join([*kept, raw[at : end + 2]]))


def _webp(raw: bytes) -> Cleaned:
    size, kept, at, has_picture = None, [], 12, False
    (length,) = struct.unpack_from("<I", raw, 4)
    end = min(len(raw), 8 + length)
    while at < end:
        name, (length,) = raw[at : at + 4], struct.unpack_from("<I", raw, at + 4)
        body = raw[at + 8 : at + 8 + length]
        if len(body) < length:
            raise BadImage("it ends too early; export it again")
        size = size or _webp_size(name, body)
        has_picture = has_picture or name in (b"VP8 ", b"VP8L")
        if name == b"VP8X":
            if body[0] & _ANIMATION_FLAG:
                raise BadImage("it moves; export one still picture")
            body = bytes([body[0] & ~(_EXIF_FLAG | _XMP_FLAG)]) + body[1:]
        if name not in _WEBP_DROPPED:
            kept.append(name + struct.pack("<I", length) + body + b"\0" * (length % 2))
        at += 8 + length + length % 2
    if size is None or not has_picture:
        raise BadImage("this WebP lacks a part; export it again")
    inner = b"WEBP" + b"".join(kept)
    return Cleaned("image/webp", "webp", *size, b"RIFF" + struct.pack("<I", len(inner)) + inner)


def _webp_size(name: bytes, body: bytes) -> tuple[int, int] | None:
    if name == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if name == b"VP8L":
        packed = int.from_bytes(body[1:5], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    if name == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    return None
