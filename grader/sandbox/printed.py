"""What a student's code prints: read as it comes, kept up to a cap, never trusted."""

import os
import select

from grader.sandbox.harness import wire

FLOOD = 64  #: times the cap
#: Pieces that are taken one by one, each at a cost to the reader: a million of one byte would be seconds of its time.
MOST_PIECES = 20_000


class PrintedText:
    def __init__(self) -> None:
        self.descriptor, self.theirs = os.pipe()
        os.set_blocking(self.descriptor, False)
        self.kept_bytes = 0
        self.is_open = True
        self._seen_bytes = self._pieces = 0
        self._kept = bytearray()

    def read(self, cap_bytes: int) -> None:
        """Take what is there."""
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return
        if not data:  # descriptors 1 and 2 were closed: allowed
            self.is_open = False
            return
        self._seen_bytes += len(data)
        self._pieces += 1
        self._kept += data[: max(0, cap_bytes - len(self._kept))]

    def is_flood(self, cap_bytes: int) -> bool:
        return self._seen_bytes > FLOOD * cap_bytes or self._pieces > MOST_PIECES

    def text(self, cap_bytes: int) -> str:
        self.take_all(cap_bytes)
        return wire.clean(self._kept.decode("utf-8", "replace"))

    def forget(self, after: int) -> None:
        """All but the first so many bytes of what was kept."""
        del self._kept[after:]
        self._seen_bytes = min(self._seen_bytes, after)

    def take_all(self, cap_bytes: int) -> int:
        """How many bytes are kept then."""
        while (
            self.is_open and self._seen_bytes < cap_bytes and select.select([self.descriptor], [], [], 0)[0]
        ):
            before = self._seen_bytes
            self.read(cap_bytes)
            if self._seen_bytes == before:
                break
        return len(self._kept)

    def close(self) -> None:
        os.close(self.descriptor)
