"""Whether the questions, exercises and demo people in the database came from the files as they are now.
Drawing every question's variants takes a while, so an unchanged bank is not loaded at every start."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

#: Everything the content is made from, and everything that makes it.
SOURCES = ("questionbank", "reference_impl", "grader", "platform/prova")
SUFFIXES = {".py", ".yaml", ".toml", ".md"}
#: Below questionbank/content: pictures of questions, data of exercises, numbers drawn.
CONTENT = "questionbank/content"
CONTENT_SUFFIXES = SUFFIXES | {".png", ".jpg", ".jpeg", ".webp", ".npz", ".json"}


def fingerprint(root: Path, database: str) -> str:
    digest = hashlib.sha256(database.encode())
    for path in _files(root):
        digest.update(f"\0{path.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def remember(path: Path, fingerprint: str, logins: list[str]) -> None:
    path.write_text(json.dumps({"fingerprint": fingerprint, "logins": logins}), encoding="utf-8")


def recall(path: Path, fingerprint: str) -> list[str] | None:
    """The logins shown last time, or None when the content must be loaded."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return list(found["logins"]) if found["fingerprint"] == fingerprint else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _files(root: Path) -> Iterator[Path]:
    content = root / CONTENT
    for source in SOURCES:
        for path in sorted((root / source).rglob("*")):
            if path.suffix in (CONTENT_SUFFIXES if content in path.parents else SUFFIXES):
                yield path
