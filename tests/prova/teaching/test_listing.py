import pytest
from prova.teaching.listing import PAGE_SIZE, Column, Sorting, matches, page_of

COLUMNS = (
    Column(name="name", title="Name"),
    Column(name="score", title="Score", is_number=True),
    Column(name="actions", title="", sortable=False),
)
KEYS = {"name": lambda row: row[0], "score": lambda row: row[1]}
ROWS = [("Lin", 3), ("Ada", None), ("Sam", 5), ("Bia", 3)]


def names(sort):
    return "".join(row[0][0] for row in Sorting.read({"sort": sort}, COLUMNS, "name").apply(ROWS, KEYS))


def test_it_sorts_by_the_column_asked_for():
    assert names("score") == "LBSA"
    assert names("name") == "ABLS"


def test_a_missing_value_comes_last_in_both_directions():
    assert names("-score") == "SLBA"


@pytest.mark.parametrize("nonsense", ["", "salary", "actions", "--name", "-"])
def test_a_column_that_cannot_be_sorted_means_the_default(nonsense):
    assert Sorting.read({"sort": nonsense}, COLUMNS, "-score") == Sorting(column="score", descending=True)


def test_a_click_on_the_sorted_column_turns_it_round():
    headers = Sorting.read({"sort": "score"}, COLUMNS, "name").headers(COLUMNS)
    assert [header.sort for header in headers] == ["name", "-score", ""]
    assert [header.direction for header in headers] == ["", "ascending", ""]


def test_search_needs_every_word_and_ignores_case_and_accents():
    assert matches("joao SILVA", "João da Silva", "jsilva")
    assert not matches("joao souza", "João da Silva")
    assert matches("", "anyone")


@pytest.mark.parametrize(("asked", "got"), [("2", 2), ("99", 3), ("0", 3), ("x", 1), (None, 1)])
def test_a_page_that_does_not_exist_means_the_nearest_that_does(asked, got):
    page = page_of(list(range(2 * PAGE_SIZE + 1)), {"page": asked} if asked else {})
    assert page.number == got
