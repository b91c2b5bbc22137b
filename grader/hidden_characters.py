"""Characters that make a source read differently from what Python runs. Pure; one pass over the text."""

import re
import unicodedata
from collections.abc import Iterator

from grader.visible import all_seen, hides

#: Cyrillic, Greek and other letters that most fonts draw like a Latin one
_LOOK_LATIN = (
    "\u0430\u0432\u0435\u043a\u043c\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"
    "\u03bf\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0570\u0578\u057d\u0585\u0261\u026a\u0280\u029f"
)
_SUSPECT = re.compile(rf"[{_LOOK_LATIN}\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a]|[\U0001d400-\U0001d7cb]")
_WORD = re.compile(r"\w+")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_PRINTABLE_ASCII = re.compile(r"[\t\n -~]*\Z")


def hidden_characters(source: str, most: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and character: direction marks, zero widths, controls."""
    if _PRINTABLE_ASCII.match(source):
        return
    for number, line in enumerate(source.split("\n"), start=1):
        for character in () if all_seen(line) else filter(_is_hidden, line):
            if most == 0:
                return
            most -= 1
            yield number, described(character)


def lookalikes(source: str, most: int) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Line, word and letter. Only where Latin letters stand beside it: a comment in Greek or Russian is no trick."""
    if source.isascii():
        return
    for number, line in enumerate(source.split("\n"), start=1):
        for word in () if line.isascii() else _WORD.findall(line):
            letter = _SUSPECT.search(word)
            if letter and (_ASCII_LETTER.search(word) or not _SUSPECT.sub("", word).strip("_0123456789")):
                if most == 0:
                    return
                most -= 1
                yield number, word[:40], described(letter[0])


def described(character: str) -> dict[str, str]:
    """Code point, and Unicode's own name for it."""
    return {"code": f"U+{ord(character):04X}", "name": unicodedata.name(character, "CONTROL CHARACTER")}


def _is_hidden(character: str) -> bool:
    return hides(character) and character != "\f"
