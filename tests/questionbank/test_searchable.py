import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.excerpt import START, STOP, Piece, joined, passage, spans_in
from questionbank.searchable import asked, folded, readable, spellings, words
from questionbank.variant import Variant

FEW = settings(max_examples=60)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("**Bold** and *thin* and `np.clip(x_1, -128)`", "Bold and thin and np.clip(x_1, -128)"),
        (r"$\frac{1}{2}\,\Delta \cdot 0{,}5$ of it", "1 2 Delta 0.5 of it"),
        ("See [the paper](https://example.org/a_(b)) and ![a plot](plot.png)", "See the paper and a plot"),
        ("with [[bits]] bits, [[nothing]]", "with 8 bits, …"),
        ("```python\nscale = 1\n```\n- one\n- two", "scale = 1 one two"),
        ("| bits | size |\n|---|:-:|\n| 8 | 1 |", "bits size 8 1"),
        (r"costs \$5 and \*more\*", "costs $5 and *more*"),
    ],
)
def test_markup_goes_and_words_numbers_and_code_stay(source, read):
    assert readable(source, "en", Variant(params={"bits": 8})) == read


@FEW
@given(st.text(max_size=60))
def test_every_form_of_a_text_has_its_length(text):
    assert len(words(text)) == len(folded(text)) == len(text)


def test_a_decimal_comma_is_a_point_and_a_list_is_no_decimal():
    assert words("0,5 e 0.5") == "0.5 e 0.5"
    assert words("[1,2,3]") == " 1 2 3 "
    assert words("np.clip zero_point 2:4") == "np clip zero point 2 4"


def test_accents_are_folded_letter_by_letter():
    assert folded("Quantização à µ-ç ½") == "Quantizacao a µ-c ½"


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("zero_point", '"zero point"'),
        ("np.clip -poda", '"np clip" -poda'),
        ('“fake quant” or 2:4 -"a b"', '"fake quant" or "2 4" -"a b"'),
        ("-128", "128"),
        ("0,5", "0.5"),
        ('an "open phrase', 'an "open phrase"'),
        ("!!! & |", ""),
    ],
)
def test_a_query_keeps_its_wishes_and_loses_its_punctuation(typed, means):
    assert asked(typed) == means


def test_a_query_without_accents_is_tried_with_the_endings_it_may_have_lost():
    assert spellings("quantizacao") == ("quantizacao", "quantização")
    assert spellings("ações") == ("ações", "acoes")


def test_marked_matches_are_found_in_the_unmarked_text():
    assert spans_in(f"a {START}bc{STOP} d", 6) == [(2, 4)]
    assert spans_in(f"a {START}bc{STOP}", 6) == []
    assert joined([(4, 6), (0, 2), (1, 3)]) == [(0, 3), (4, 6)]


@FEW
@given(st.text(alphabet="ab ", min_size=1, max_size=400), st.data())
def test_a_passage_is_of_the_text_and_shows_the_first_match(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, min(len(text), start + 12)))
    pieces = passage(text, [(start, stop)])
    assert Piece(text[start:stop], True) in pieces
    assert "".join(piece.text for piece in pieces if piece.text not in ("… ", " …")) in text
