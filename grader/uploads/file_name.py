from pathlib import PureWindowsPath

from grader.visible import hides

MAX_FILE_NAME_CHARACTERS = 100


def clean_file_name(name: str) -> str:
    """The last part of a path as any browser may send it, without what does not print."""
    base = PureWindowsPath(name).name  # both slashes separate
    printable = "".join(c for c in base if c.isprintable() and not hides(c))
    return printable.encode("utf-8", "ignore").decode()[-MAX_FILE_NAME_CHARACTERS:]
