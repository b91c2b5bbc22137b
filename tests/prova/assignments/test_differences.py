from hypothesis import given
from hypothesis import strategies as st
from prova.assignments.differences import marked

texts = st.text(st.sampled_from("0123456789.-e[], ()array\n"), max_size=60)


def spelled(pieces):
    return "".join(piece.text for piece in pieces)


@given(texts, texts)
def test_no_character_is_lost(expected, got):
    left, right = marked(expected, got)
    assert (spelled(left), spelled(right)) == (expected, got)


@given(texts)
def test_equal_values_have_no_mark(text):
    left, right = marked(text, text)
    assert not any(piece.differs for piece in left + right)


@given(texts, texts)
def test_unequal_values_have_one(expected, got):
    left, right = marked(expected, got)
    assert any(piece.differs for piece in left + right) == (expected != got)


def test_a_number_differs_as_a_whole():
    left, right = marked("array([1.25, 2.0])", "array([1.75, 2.0])")
    assert [piece.text for piece in left if piece.differs] == ["1.25"]
    assert [piece.text for piece in right if piece.differs] == ["1.75"]


def test_a_changed_sign_is_part_of_the_number():
    left, _ = marked("(-3, 0)", "(3, 0)")
    assert [piece.text for piece in left if piece.differs] == ["-3"]


def test_very_long_values_are_shown_without_marks():
    left, right = marked("1 " * 1000, "2 " * 1000)
    assert not any(piece.differs for piece in left + right)
