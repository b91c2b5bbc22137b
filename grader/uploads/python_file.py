"""One Python file: from bytes to text as Python would read it."""

import codecs
import re
from dataclasses import dataclass

from grader.report import Message
from grader.uploads.upload import MAX_SOURCE_BYTES, UploadRefused

#: as in PEP 263: in one of the first two lines, the first of which is a comment or blank
_DECLARATION = re.compile(
    rb"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)"
)
_UTF_8, _OTHERS = {"utf-8", "ascii"}, {"iso8859-1", "iso8859-15", "cp1252"}


@dataclass(frozen=True, kw_only=True)
class PythonText:
    text: str  #: lines end in \n; a declaration of another encoding says utf-8
    notices: tuple[Message, ...] = ()


def read_python(content: bytes | str, file: str, limit_bytes: int = MAX_SOURCE_BYTES) -> PythonText:
    """UploadRefused: no text that Python could run, or more than `limit_bytes` of it in UTF-8."""
    if len(content) > limit_bytes + len(codecs.BOM_UTF8):
        raise too_big(limit_bytes)
    text, notices = _decoded(content, file)
    if "\0" in text:
        raise UploadRefused("nul", file=file)
    if len(text.encode()) > limit_bytes:
        raise too_big(limit_bytes)
    return PythonText(text=text.replace("\r\n", "\n").replace("\r", "\n"), notices=notices)


def too_big(limit_bytes: int) -> UploadRefused:
    return UploadRefused("too_big", kib=limit_bytes // 1024)


def _decoded(content: bytes | str, file: str) -> tuple[str, tuple[Message, ...]]:
    if isinstance(content, str):
        try:
            content.encode()  # JSON may carry lone surrogates, which no file can hold
        except UnicodeEncodeError:
            raise UploadRefused("not_utf_8", file=file) from None
        return content, ()
    encoding = _declared(content, file)
    try:
        if encoding in _OTHERS:
            return _from_other(content, encoding, file)
        return content.decode("utf-8-sig"), ()  # a byte order mark is no part of the program
    except UnicodeDecodeError:
        is_text = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" not in content
        raise UploadRefused("not_utf_8" if is_text else "nul", file=file) from None


def _declared(content: bytes, file: str) -> str:
    """The normalised name of the declared encoding. UploadRefused: none that a Python file should have."""
    found = _DECLARATION.match(content.removeprefix(codecs.BOM_UTF8))
    if found is None or content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    written = found[1].decode("ascii", "replace")[:40]
    try:
        name = codecs.lookup(written).name
    except (LookupError, ValueError):
        name = "unknown"
    if name not in _UTF_8 | _OTHERS:
        raise UploadRefused("encoding", file=file, encoding=written)
    return name


def _from_other(content: bytes, encoding: str, file: str) -> tuple[str, tuple[Message, ...]]:
    """Kept as UTF-8 from here on, so that whoever downloads the text and runs it reads the same."""
    found = _DECLARATION.match(content)
    assert found is not None
    rewritten = content[: found.start(1)] + b"utf-8" + content[found.end(1) :]
    notice = Message(key="upload_recoded", params={"file": file, "encoding": found[1].decode()})
    return rewritten.decode(encoding), (notice,)
