"""Text that came out of somebody else's program or file, so that it cannot pretend to be another. Pure."""

import json
import re
import unicodedata

_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
#: letters by category that are shown as nothing at all
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
_NOT_PLAIN = re.compile(r"[^\t\n -~]+")
_BLANK = re.compile(f"[{BLANK_LETTERS}]")


def hides(character: str) -> bool:
    """Whether it is drawn as nothing, moves what stands around it, or steers a terminal. Tab and new line do not."""
    return character not in "\t\n" and (
        unicodedata.category(character) in _CATEGORIES or character in BLANK_LETTERS
    )


def all_seen(line: str) -> bool:
    """Quickly, of text without tabs and new lines: no character in it hides. False: it has to be looked at."""
    return line.isprintable() and not _BLANK.search(line)


def visible(text: str) -> str:
    """Control and direction characters as pictures or code points."""
    return _NOT_PLAIN.sub(lambda found: "".join(map(_visible, found[0])), text)


def _visible(character: str) -> str:
    if not hides(character):
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else f"[U+{code:04X}]"


def hidden_escaped(json_text: str) -> str:
    """The same JSON, with escapes for what a terminal would not show."""
    return _NOT_PLAIN.sub(
        lambda found: "".join(json.dumps(c)[1:-1] if hides(c) else c for c in found[0]), json_text
    )


def shown_name(name: str, most: int = 80) -> str:
    """A file's name in a sentence: one line, cut in the middle where long."""
    if len(name) > 2 * most:  # before every character is looked at
        name = f"{name[:most]}…{name[-most:]}"
    name = re.sub(r"[\t\n]", lambda found: chr(0x2400 + ord(found[0])), visible(name))
    return name if len(name) <= most else f"{name[: most // 2]}…{name[-(most // 2 - 1) :]}"
