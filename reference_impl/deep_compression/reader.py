"""Bytes taken one part after the other, never more than there are."""

from reference_impl.errors import CorruptData


class Reader:
    """The one object here that changes: it knows how far it has read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes. CorruptData: fewer are left."""
        part = self._data[self._at : self._at + count]
        if len(part) < count:
            raise CorruptData("the file ends too early: it is cut off or damaged; get it again")
        self._at += count
        return part

    def number(self, count: int) -> int:
        """A whole number of so many bytes, the lowest first. CorruptData: fewer are left."""
        return int.from_bytes(self.take(count), "little")

    def block(self, length_bytes: int) -> bytes:
        """A part that its own length stands before. CorruptData: it ends too early."""
        return self.take(self.number(length_bytes))

    def rest(self) -> bytes:
        return self.take(len(self._data) - self._at)

    def finish(self) -> None:
        """CorruptData: something is left."""
        if self._at != len(self._data):
            raise CorruptData("the file goes on after its end: it is damaged; get it again")
