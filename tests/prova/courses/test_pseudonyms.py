"""Pseudonyms: one per person and course, always the same, and nothing about the person in it."""

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from django.test import override_settings
from hypothesis import given
from prova.courses.animals import ANIMALS
from prova.courses.pseudonyms import pseudonyms, shuffled

people = st.integers(1, 2**40)


@given(st.sets(people, max_size=50), st.integers(1, 2**31), st.sampled_from(["en", "pt-br"]))
def test_no_two_people_of_a_course_have_the_same(found: set[int], course: int, language: str) -> None:
    called = pseudonyms(course, language)
    assert len({called(person) for person in found}) == len(found)


@given(people)
def test_a_pseudonym_stays_and_differs_in_another_course_and_with_another_key(person: int) -> None:
    assert pseudonyms(1, "en")(person) == pseudonyms(1, "en")(person)
    many = range(person, person + 20)
    here = [pseudonyms(1, "en")(each) for each in many]
    assert here != [pseudonyms(2, "en")(each) for each in many]
    with override_settings(SECRET_KEY="another"):
        assert here != [pseudonyms(1, "en")(each) for each in many]


def test_both_languages_tell_of_the_same_animal() -> None:
    english, portuguese = pseudonyms(3, "en")(7).split(), pseudonyms(3, "pt-br")(7).split()
    assert english[-1] == portuguese[-1]
    assert (english[0], portuguese[0]) in ANIMALS


@pytest.mark.parametrize("language", [0, 1])
def test_every_animal_is_there_once_in_each_language(language: int) -> None:
    assert len({pair[language] for pair in ANIMALS}) == len(ANIMALS) == 64
    assert not any(" " in pair[language] for pair in ANIMALS)


@pytest.mark.parametrize("key", [b"a", b"b"])
def test_shuffling_is_one_to_one(key: bytes) -> None:
    numbers = range(0, 2**18, 7)
    assert len({shuffled(number, key) for number in numbers}) == len(numbers)
    assert all(0 <= shuffled(number, key) < 2**18 for number in numbers[:1000])


def test_neighbours_are_not_neighbours() -> None:
    """Who knows their own number and pseudonym learns nothing about who joined next."""
    called = [shuffled(number, b"key") for number in range(2000)]
    near = sum(abs(one - other) < 2**10 for one, other in pairwise(called))
    assert near < 100
