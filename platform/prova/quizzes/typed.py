"""A text as it arrives from a form, made fit to be stored and compared. Pure."""

from collections.abc import Iterable

from questionbank.items.marking import MAX_CHARS

#: One more than any item takes: an answer that is too long is refused in words, not cut unseen.
MOST_CHARS = MAX_CHARS + 1


def typed(text: str) -> str:
    """Line ends as LF, whatever the browser sends; no white space around, as the page's script compares it.

    PostgreSQL stores no NUL; and every answer is kept for good, so none may be of any length.
    """
    plain = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return plain.strip().strip("\ufeff").strip()[:MOST_CHARS]


#: Fields that an answer may have; a matrix of rows has some tens.
MOST_PARTS = 200


def within_bounds(parts: Iterable[tuple[str, str]]) -> list[str]:
    """The parts of one answer as they are kept. Rows name themselves in their values; a part with a name, as in
    “item-7.x1”, is kept as “x1=0.25”. All together they are no longer than the longest text: every answer is kept.
    """
    kept: list[str] = []
    left = MOST_CHARS
    for name, text in parts:
        if not text or len(kept) == MOST_PARTS or left <= 0:
            continue
        kept.append((f"{name}={text}" if name[:1].isalpha() else text)[:left])
        left -= len(kept[-1])
    return kept
