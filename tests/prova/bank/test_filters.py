from hypothesis import given, settings
from hypothesis import strategies as st
from prova.bank.figures import NONE, Figures
from prova.bank.filters import Bounds, Filters

from questionbank.selection import Selection

NAMES = [
    "q",
    "in",
    "topic",
    "level",
    "type",
    "parameterised",
    "state",
    "tag",
    "collection",
    "used",
    "origin",
    "author",
    "facility_from",
    "facility_to",
    "discrimination_to",
    "answers_from",
    "sort",
    "page",
]


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12)))
def test_any_address_is_read(asked):
    filters = Filters.read(asked)
    assert Selection.from_json(filters.selection.to_json()) == filters.selection


def test_unknown_values_ask_for_nothing():
    odd = {
        "level": "hard",
        "state": "lost:en",
        "used": "x",
        "facility_to": "many",
        "sort": "colour",
        "answers_from": "-1",
    }
    assert Filters.read(odd) == Filters()
    assert not Filters.read(odd).narrows


def test_percentages_and_decimal_commas_are_understood():
    bounds = Filters.read(
        {"facility_from": "12,5 %", "facility_to": "80", "discrimination_to": "-0.1"}
    ).bounds
    assert bounds == Bounds(facility_from=0.125, facility_to=0.8, discrimination_to=-0.1)


def test_a_question_nobody_answered_lies_outside_every_bound_but_not_outside_none():
    assert Bounds().admit(NONE)
    assert not Bounds(facility_to=1.0).admit(NONE)
    known = Figures(answers=5, blanks=0, facility=0.5, discrimination=None)
    assert Bounds(facility_from=0.5, facility_to=0.5, answers_from=5).admit(known)
    assert not Bounds(answers_from=6).admit(known)
    assert not Bounds(discrimination_to=0.2).admit(known)


def test_a_search_is_ordered_by_relevance_unless_asked_otherwise():
    assert Filters.read({"q": "a"}).sort == "relevance"
    assert Filters.read({"q": "a", "sort": "slug"}).sort == "slug"
    assert Filters.read({"sort": "relevance"}).sort == "topic"
