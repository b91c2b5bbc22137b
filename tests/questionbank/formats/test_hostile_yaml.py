"""Texts written to break whoever reads them: each gets a sentence, and the process lives."""

import time

import pytest

from questionbank.formats.located_yaml import MAX_VALUES, has_references, load

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(8)
)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        "{a: " * 15_000,
        "- " * 30_000,
        "? " * 20_000,
        "\n".join(" " * i + "a:" for i in range(300)),
    ],
    ids=["lists", "mappings", "dashes", "keys", "indented"],
)
def test_deep_nesting_is_refused_before_a_tree_is_made_of_it(text):
    (problem,) = load(text).problems
    assert "nested too deeply" in problem.message


def test_references_of_references_are_refused():
    document = load(LAUGHS)
    assert "references repeat too much" in document.problems[0].message
    assert len(document.lines) < MAX_VALUES + 100


def test_a_reference_to_itself_is_refused():
    assert "refers to itself" in load("a: &a [*a]").problems[0].message


@pytest.mark.parametrize("number", [".inf", "-.inf", ".nan", "9" * 5000, "1:" * 9000 + "1", "0x" + "f" * 100])
def test_a_number_that_cannot_be_stored_is_refused(number):
    (problem,) = load(f"fine: 1\nbad: {number}").problems
    assert (problem.line, "cannot be read" in problem.message) == (2, True)


@pytest.mark.parametrize("text", ["!!python/object/apply:os.system [id]", "a: !!python/name:os.system x"])
def test_no_tag_makes_anything_but_plain_values(text):
    document = load(text)
    assert document.problems or document.value in ({"a": "x"}, ["id"])


def test_references_are_looked_for_without_a_long_descent():
    begun = time.process_time()
    assert not has_references("[" * 60_000)
    assert has_references("a: &a [1]\nb: *a")
    assert time.process_time() - begun < 1.0
