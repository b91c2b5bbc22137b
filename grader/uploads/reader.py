"""The door for everything that is handed in. Nothing of it is run, compiled or written to a disk here."""

from collections.abc import Sequence

from grader.uploads.archive import read_archive
from grader.uploads.file_name import clean_file_name
from grader.uploads.notebook import read_notebook
from grader.uploads.python_file import read_python
from grader.uploads.upload import MAX_SOURCE_BYTES, MAX_UPLOAD_BYTES, Upload, UploadRefused

#: what a file is called that was typed into a page
TYPED = "solution.py"


def read_upload(
    content: bytes | str,
    file_name: str = "",
    *,
    limit_bytes: int = MAX_SOURCE_BYTES,
    functions: Sequence[str] = (),
) -> Upload:
    """One .py, a .zip of several, or an .ipynb; without a name it is Python. UploadRefused: the learner's turn.

    `limit_bytes`: of all Python source together, in UTF-8. `functions`: what the exercise asks for; of several files
    the one that defines them is the main one.
    """
    limit_bytes = min(limit_bytes, MAX_SOURCE_BYTES)
    name = clean_file_name(file_name)
    kind = name.lower()[name.rfind(".") :] if name else ".py"
    if kind == ".py":
        upload = _python(content, name, limit_bytes)
    elif kind == ".zip":
        upload = read_archive(_bytes(content), name, limit_bytes, functions)
    elif kind == ".ipynb":
        upload = read_notebook(_bytes(content), name, limit_bytes)
    else:
        raise UploadRefused("not_python")
    if not upload.source.strip():
        raise UploadRefused("empty")
    return upload


def _python(content: bytes | str, name: str, limit_bytes: int) -> Upload:
    read = read_python(content, name or TYPED, limit_bytes)
    return Upload(source=read.text, file_name=name, main=name, notices=read.notices)


def _bytes(content: bytes | str) -> bytes:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    if len(data) > MAX_UPLOAD_BYTES:
        raise UploadRefused("file_too_big", mib=MAX_UPLOAD_BYTES >> 20)
    return data
