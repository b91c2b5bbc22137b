"""The file that is checked or handed in, read as the site reads it."""

from pathlib import Path

from grader.cli.words import Problem, Voice
from grader.exercise import Exercise
from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_UPLOAD_BYTES, Upload, UploadRefused
from grader.visible import shown_name


def read_bytes(file: Path) -> bytes:
    """Problem: it is not there, or may not be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_UPLOAD_BYTES + 1)
    except OSError as error:
        raise Problem("file_unreadable", file=shown_name(str(file)), text=error.strerror or "?") from None


def read_file(file: Path, exercise: Exercise, voice: Voice) -> Upload:
    """Problem: it cannot be graded as it is."""
    functions = [function.name for function in exercise.functions]
    limit_bytes = exercise.limits.source_kib * 1024
    try:
        return read_upload(read_bytes(file), file.name, limit_bytes=limit_bytes, functions=functions)
    except UploadRefused as refused:
        text = voice.sentence(refused.message)
        raise Problem("file_refused", file=shown_name(str(file)), text=text) from None
