"""A text as it arrives from a form, made fit to be stored and compared. Pure."""

from questionbank.items.marking import MAX_CHARS

#: One more than any item takes: an answer that is too long is refused in words, not cut unseen.
MOST_CHARS = MAX_CHARS + 1


def typed(text: str) -> str:
    """Line ends as LF, whatever the browser sends; no white space around, as the page's script compares it.

    PostgreSQL stores no NUL; and every answer is kept for good, so none may be of any length.
    """
    plain = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return plain.strip().strip("\ufeff").strip()[:MOST_CHARS]
