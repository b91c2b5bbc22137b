from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.similarity import ALIKE, bands, normalised, similarity

PROSE = st.text(alphabet="abcdeáçõ  .,;-$`", max_size=80)
FEW = settings(max_examples=60)
STEM = "A layer of 1000 weights is pruned to 10 % and quantized to 8 bits. How many bytes are left without the indices?"


@FEW
@given(PROSE, PROSE)
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0.0 <= similarity(one, other) == similarity(other, one) <= 1.0


@FEW
@given(PROSE)
def test_a_text_is_wholly_like_itself(text):
    assert similarity(text, text) == (1.0 if normalised(text) else 0.0)


@FEW
@given(PROSE, st.sampled_from([str.upper, str.title, lambda text: f"  {text}\n".replace(" ", "  ")]))
def test_case_spaces_and_accents_make_no_difference(text, change):
    assert normalised(change(text)) == normalised(text)
    assert bands(change(text)) == bands(text)
    assert similarity(change(text).replace("ç", "c"), text) == similarity(text, text)


def test_only_equal_normalised_texts_are_wholly_alike():
    assert similarity("a scale of 8 bits", "a scale of 4 bits") < 1.0


def test_texts_that_are_alike_share_a_band_and_others_do_not():
    other = STEM.replace("1000", "5000").replace("8 bits", "4 bits")
    stranger = (
        "Which statements about knowledge distillation with a temperature are true of the student network?"
    )
    assert similarity(STEM, other) > ALIKE
    assert set(bands(STEM)) & set(bands(other))
    assert similarity(STEM, stranger) < ALIKE
    assert not set(bands(STEM)) & set(bands(stranger))


def test_bands_fit_the_database_and_an_empty_text_has_none():
    assert bands(" .,") == []
    assert all(-(2**63) <= band < 2**63 for band in bands(STEM))
