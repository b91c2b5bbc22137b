"""What a child prints, in a file that it writes and nobody else: any system can do that."""

from pathlib import Path

from grader.sandbox.harness import wire


class PrintedFile:
    """As `grader.sandbox.printed.PrintedText`, as far as a session uses it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b", buffering=0)
        self._kept = bytearray()
        self._seen_bytes = 0  # read, or passed over

    def fileno(self) -> int:
        """To be the child's standard error."""
        return self._file.fileno()

    def size_bytes(self) -> int:
        """All that was ever printed."""
        return Path(self._file.name).stat().st_size

    def text(self, cap_bytes: int) -> str:
        self.take_all(cap_bytes)
        return wire.clean(self._kept.decode("utf-8", "replace"))

    def take_all(self, cap_bytes: int) -> int:
        """How many bytes are kept then."""
        with open(
            self._file.name, "rb"
        ) as file:  # with a position of its own: the child shares the other one
            file.seek(self._seen_bytes)
            new = file.read(cap_bytes)
        self._seen_bytes = self.size_bytes()
        self._kept += new[: max(0, cap_bytes - len(self._kept))]
        return len(self._kept)

    def forget(self, after: int) -> None:
        """All but the first so many bytes of what was kept."""
        del self._kept[after:]

    def close(self) -> None:
        self._file.close()
