"""From a file's name to the name by which it is imported."""

import keyword

from grader.uploads.upload import UploadRefused
from grader.visible import shown_name

#: the sandbox loads the main file under this name
RESERVED = "solution"


def module_name(file: str) -> str:
    """`filters/blur.py` is filters.blur. UploadRefused: it cannot be imported, or lies too deep."""
    *folders, last = file.split("/")
    if len(folders) > 1:
        raise UploadRefused("too_deep", file=shown_name(file))
    parts = [*folders, last[: -len(".py")]]
    if any(not part.isidentifier() or keyword.iskeyword(part) for part in parts) or not last.endswith(".py"):
        raise UploadRefused("module_name", file=shown_name(file))
    if parts[-1] == "__init__":
        parts.pop()
    if not parts or parts[0] == RESERVED:
        raise UploadRefused("reserved_name", file=shown_name(file))
    return ".".join(parts)
