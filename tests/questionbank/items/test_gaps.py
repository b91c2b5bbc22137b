"""Texts with gaps: where they are, how each is read, and what they earn together."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.items import ItemVerdict, ParseProblem, bind
from questionbank.items.gaps import Gaps
from tests.questionbank.samples import GAPS_VARIANT, gaps

#: of the sample, in the order of its list: method, rest, bits, order
RIGHT = {"g1": "pruning", "g2": "2.5", "g3": "4", "g4": "late"}
WRONG = {"g1": "sharing", "g2": "3", "g3": "5", "g4": "early"}


def item(**changes: object) -> Gaps:
    bound = bind(gaps(**changes), GAPS_VARIANT, "salt")
    assert isinstance(bound, Gaps)
    return bound


def sent(item: Gaps, values: dict[str, str]) -> list[str]:
    """As a form sends them: choices by their tokens."""
    tokens = {choice: item.gaps["order"].token(choice) for choice in ("early", "late")}
    return [f"{field}={tokens.get(value, value)}" for field, value in values.items()]


def parsed(item: Gaps, values: dict[str, str], language: str = "en") -> dict:
    response = item.parse({"answer": sent(item, values)}, language=language)
    assert not isinstance(response, ParseProblem)
    return response


def test_gaps_stand_in_prose_tables_and_code_and_are_numbered_as_they_are_read() -> None:
    page = item().present(seed=1, language="en")
    assert [gap.field for gap in page.gaps] == ["g1", "g3", "g4", "g2"]
    assert [gap.number for gap in page.gaps] == [1, 2, 3, 4]
    html = "".join(piece.html + (f"<gap{piece.gap.number}>" if piece.gap else "") for piece in page.pieces)
    assert re.search(r"<td>\s*<gap3>\s*</td>", html)
    assert re.search(r"<pre class=\"code\"><code>.*<gap4>\n</code></pre>", html, re.S)
    assert 'class="err"' not in html
    assert not re.search("[\ue000-\uf8ff]", html + page.stem_html)
    assert page.stem_html.count("gap-mark") == 4


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["right", "wrong", "open"]), min_size=4, max_size=4))
def test_every_right_gap_earns_its_share_and_an_open_one_costs_nothing(fates: list[str]) -> None:
    fields = dict(zip(RIGHT, fates, strict=True))
    values = {
        field: RIGHT[field] if fate == "right" else WRONG[field]
        for field, fate in fields.items()
        if fate != "open"
    }
    each, whole = item(), item(scoring="all_or_nothing")
    outcome = each.score(parsed(each, values))
    assert outcome.fraction == fates.count("right") / 4
    assert len(outcome.right_rows) == fates.count("right")
    assert whole.score(parsed(whole, values)).fraction == float(fates.count("right") == 4)
    assert (outcome.verdict is ItemVerdict.BLANK) == (not values)


def test_one_more_right_gap_never_lowers_the_score() -> None:
    each = item()
    for kept in product([False, True], repeat=4):
        before = {field: value for (field, value), keep in zip(RIGHT.items(), kept, strict=True) if keep}
        for field, value in RIGHT.items():
            after = before | {field: value}
            assert each.score(parsed(each, after)).fraction >= each.score(parsed(each, before)).fraction


def test_a_number_is_read_in_the_language_and_one_that_cannot_be_read_is_told_and_left_open() -> None:
    each = item()
    assert each.score(parsed(each, {"g2": "2,5"}, "pt-br")).fraction == 0.25
    response = parsed(each, {"g1": "poda", "g2": "two"})
    outcome = each.score(response)
    assert (outcome.fraction, outcome.verdict) == (0.25, ItemVerdict.PARTLY)
    page = each.present(seed=1, language="pt-br", response=response)
    assert {gap.field: bool(gap.problem) for gap in page.gaps} == {
        "g1": False,
        "g2": True,
        "g3": False,
        "g4": False,
    }
    assert page.open_rows == 3
    assert next(gap.text for gap in page.gaps if gap.field == "g2") == "two"
    assert each.is_blank(parsed(each, {"g2": "two"}))


def test_the_unit_of_a_gap_may_be_typed_and_no_other() -> None:
    each = item()
    assert each.score(parsed(each, {"g3": "4 bits"})).fraction == 0.25
    assert each.present(seed=1, language="en", response=parsed(each, {"g3": "4 kg"})).gaps[1].problem


@pytest.mark.parametrize("answer", [["pruning"], ["g5=pruning"], ["g4=late"], ["g0=1"], ["g1=a", "g1=b"]])
def test_what_no_form_of_the_page_sends_is_refused(answer: list[str]) -> None:
    assert isinstance(item().parse({"answer": answer}, language="en"), ParseProblem)


def test_feedback_names_each_gap_in_the_order_of_the_text() -> None:
    each = item()
    told = each.feedback(parsed(each, {"g1": "sharing", "g4": "late"}), seed=1, language="pt-br")
    assert [row.text_html for row in told.rows] == ["Lacuna 1", "Lacuna 2", "Lacuna 3", "Lacuna 4"]
    assert [row.verdict.value for row in told.rows] == ["wrong", "blank", "right", "blank"]
    assert [row.right_html for row in told.rows] == ["poda", "4\u00a0bit", "depois", "2,5"]
    assert "pt about the method" in told.rows[0].explanation_html
