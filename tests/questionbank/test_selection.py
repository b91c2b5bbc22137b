import pytest

from questionbank.collections import add_to_collection, make_collection
from questionbank.models import Question
from questionbank.selection import Selection, questions_in, tagged
from questionbank.tags import add_tag
from tests.questionbank.bank_of_many import published


@pytest.fixture
def bank(db) -> dict[str, Question]:
    return {
        "one": published("one", "A", "A"),
        "two": published("two", "B", level="recall", topic="pruning", generator=None),
        "three": published("three", "C", "C", level="recall"),
    }


def slugs(selection) -> list[str]:
    return [question.slug for question in questions_in(selection)]


def test_every_part_narrows_and_nothing_means_all(bank):
    assert sorted(slugs(Selection())) == ["one", "three", "two"]
    assert slugs(Selection(topic="pruning")) == ["two"]
    assert sorted(slugs(Selection(level="recall"))) == ["three", "two"]
    assert slugs(Selection(level="recall", texts={"pt-br": "missing"})) == ["two"]
    assert slugs(Selection(slugs=())) == []
    assert slugs(Selection(item_type="matching")) == []
    parameterised = {slug: bool(question.card.generator) for slug, question in bank.items()}
    assert sorted(slugs(Selection(parameterised=True))) == sorted(
        s for s, yes in parameterised.items() if yes
    )
    assert slugs(Selection(parameterised=False)) == [s for s, yes in parameterised.items() if not yes]


def test_tags_are_found_however_they_are_written_and_all_of_them_are_wanted(bank):
    add_tag("Prova 1", [bank["one"], bank["two"]])
    add_tag("difícil", [bank["two"]])
    assert slugs(tagged("PROVA  1", "Dificil")) == ["two"]
    assert len(slugs(tagged("prova 1"))) == 2


def test_a_collection_keeps_its_order(bank, django_user_model):
    ada = django_user_model.objects.create_user("ada")
    list_ = make_collection(ada, {"en": "Warm up"})
    add_to_collection(list_, [bank["two"], bank["one"]])
    add_to_collection(list_, [bank["one"], bank["three"]])
    assert slugs(list_) == ["two", "one", "three"]
    assert sorted(slugs(Selection(collection="warm-up", level="recall"))) == ["three", "two"]


def test_a_selection_is_stored_as_what_it_narrows_and_comes_back():
    selection = Selection(topic="pruning", parameterised=False, tags=("a",), texts={"en": "ok"})
    stored = selection.to_json()
    assert stored == {"topic": "pruning", "parameterised": False, "tags": ("a",), "texts": {"en": "ok"}}
    assert Selection.from_json(stored) == Selection.from_json({**stored, "tags": ["a"]}) == selection
    assert selection.without("topic") == Selection(parameterised=False, tags=("a",), texts={"en": "ok"})
    assert selection.without("texts").texts == {}
    with pytest.raises(ValueError, match="no colour"):
        Selection.from_json({"colour": "red"})
