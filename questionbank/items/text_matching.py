"""When a typed text is an accepted one, under the author's rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from questionbank.typed import TextRules

#: Marks between words; the others are dropped.
_BETWEEN_WORDS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212/\\_")
#: Folding once may make new letters to fold; no text is known that needs more.
_PASSES = 4


def normalised(text: str, rules: TextRules) -> str:
    """Texts that the rules do not tell apart give the same; doing it twice changes nothing."""
    for _ in range(_PASSES):
        before, text = text, _normalised_once(text, rules)
        if text == before:
            break
    return text


def _normalised_once(text: str, rules: TextRules) -> str:
    text = unicodedata.normalize("NFKC", text)
    if rules.ignore_case:
        text = text.casefold()
    if rules.ignore_accents:
        text = "".join(
            sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
        )
    if rules.ignore_punctuation:
        text = "".join(_without_mark(sign) for sign in text)
    return unicodedata.normalize("NFKC", " ".join(text.split()))


def _without_mark(sign: str) -> str:
    if sign in _BETWEEN_WORDS:
        return " "
    return "" if unicodedata.category(sign).startswith("P") else sign


def typos_between(given: str, accepted: str, rules: TextRules) -> int | None:
    """How many typos lie between them; None when they are more than the rules allow, or where none are allowed."""
    return _typos(normalised(given, rules), normalised(accepted, rules), rules)


def fewest_typos(given: str, accepted: Iterable[str], rules: TextRules) -> int | None:
    """Of all the accepted texts; None when the given one is none of them."""
    given = normalised(given, rules)
    found = (_typos(given, _authored(each, rules), rules) for each in accepted)
    return min((typos for typos in found if typos is not None), default=None)


#: Of what authors wrote: the same few texts are compared with every answer.
_authored = lru_cache(maxsize=4096)(normalised)


def _typos(given: str, accepted: str, rules: TextRules) -> int | None:
    """Between normalised texts."""
    if given == accepted:
        return 0 if given else None
    if not rules.typos or abs(len(given) - len(accepted)) > rules.typos:
        return None
    words, wanted = given.split(), accepted.split()
    if len(words) != len(wanted):
        return None
    typos = 0
    for word, right in zip(words, wanted, strict=True):
        if word != right and len(right) < rules.typo_word_length:
            return None
        typos += edit_distance(word, right, limit=rules.typos - typos)
        if typos > rules.typos:
            return None
    return typos


def edit_distance(one: str, other: str, limit: int) -> int:
    """Letters inserted, left out, replaced, or exchanged with their neighbour; more than `limit` gives limit + 1.

    Looks only at places that so few changes can reach: a long word costs its length, not the square of it.
    """
    if one == other:
        return 0
    if limit <= 0 or abs(len(one) - len(other)) > limit:
        return limit + 1
    far = limit + 1
    two_above: dict[int, int] = {}
    above = {j: j for j in range(min(limit, len(other)) + 1)}
    for i, letter in enumerate(one, start=1):
        row = {0: i} if i <= limit else {}
        for j in range(max(1, i - limit), min(len(other), i + limit) + 1):
            wanted = other[j - 1]
            cost = min(
                above.get(j, far) + 1, row.get(j - 1, far) + 1, above.get(j - 1, far) + (letter != wanted)
            )
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, two_above.get(j - 2, far) + 1)
            row[j] = min(cost, far)
        if min(row.values()) > limit and min(above.values()) > limit:
            return far
        two_above, above = above, row
    return above.get(len(other), far)
