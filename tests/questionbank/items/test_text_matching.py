"""Which typed texts are the same answer."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.items.text_matching import edit_distance, fewest_typos, normalised, typos_between
from questionbank.typed import TextRules

STRICT = TextRules(ignore_case=False, ignore_accents=False, ignore_punctuation=False)
rules = st.builds(TextRules, st.booleans(), st.booleans(), st.booleans())
words = st.text("abcdé", max_size=8)


@settings(max_examples=80)
@given(st.text(max_size=30), rules)
def test_normalising_twice_changes_nothing(text: str, rules: TextRules) -> None:
    once = normalised(text, rules)
    assert normalised(once, rules) == once
    assert once == once.strip()
    assert "  " not in once


@settings(max_examples=80)
@given(st.text("aAbBçÇéÉãÃ -", max_size=20))
def test_case_and_accents_make_no_difference_unless_the_author_says_so(text: str) -> None:
    default = TextRules()
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    assert normalised(text.upper(), default) == normalised(text.lower(), default)
    assert normalised(bare, default) == normalised(text, default)
    assert normalised(unicodedata.normalize("NFD", text), STRICT) == normalised(text, STRICT)


@pytest.mark.parametrize(
    ("given_text", "accepted", "rules", "typos"),
    [
        ("Quantização", "quantizacao", TextRules(), 0),
        ("  zero   point ", "zero point", TextRules(), 0),
        ("zero-point", "zero point", TextRules(), 0),
        ("zero-point.", "zero point", STRICT, None),
        ("Poda", "poda", STRICT, None),
        ("máscara", "mascara", TextRules(ignore_accents=False), None),
        ("prunning", "pruning", TextRules(), None),
        ("prunning", "pruning", TextRules(typos=1), 1),
        ("rpuning", "pruning", TextRules(typos=1), 1),
        ("pruming", "pruning", TextRules(typos=1), 1),
        ("prumming", "pruning", TextRules(typos=1), None),
        ("pods", "poda", TextRules(typos=1), None),
        ("pods", "poda", TextRules(typos=1, typo_word_length=4), 1),
        ("entropy codign", "entropy coding", TextRules(typos=1), 1),
        ("entropi codign", "entropy coding", TextRules(typos=1), None),
        ("entropycoding", "entropy coding", TextRules(typos=2), None),
        ("...", "...", TextRules(), None),
    ],
)
def test_what_counts_as_the_same(given_text: str, accepted: str, rules: TextRules, typos: int | None) -> None:
    assert typos_between(given_text, accepted, rules) == typos


@settings(max_examples=80)
@given(words, words)
def test_the_distance_is_symmetric_and_zero_only_between_equals(one: str, other: str) -> None:
    distance = edit_distance(one, other, limit=9)
    assert distance == edit_distance(other, one, limit=9)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
    assert edit_distance(one, other, limit=1) == min(distance, 2)


@settings(max_examples=80)
@given(st.text("abcdefgh", min_size=6, max_size=12), st.data())
def test_one_slip_of_the_finger_is_one_typo(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for typed in (word[:place] + word[place + 1 :], word[:place] + "z" + word[place:], swapped):
        assert fewest_typos(typed, [word], TextRules(typos=1)) == (0 if typed == word else 1)
