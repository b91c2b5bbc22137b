"""Free text and code: pending until they are marked, and what marks are worth."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.definition import QuestionDefinition
from questionbank.items import ItemVerdict, Marking, ParseProblem, bind
from questionbank.items.code import Code
from questionbank.items.free_text import FreeText
from questionbank.linting.exercise_checks import EXERCISES, check_names
from questionbank.marked import CriterionDefinition, LevelDefinition
from questionbank.variant import Variant
from tests.questionbank import samples

TEXT = bind(samples.free_text(), Variant(), "salt")
CODE = bind(samples.code(), Variant(), "salt")
ANSWER = {"text": "Since the weights are small."}


@st.composite
def rubrics(draw):
    """A question with any sound rubric, and levels chosen for it."""
    criteria, marks = [], {}
    for number in range(draw(st.integers(1, 4))):
        steps = draw(st.lists(st.floats(0.25, 5), min_size=1, max_size=4))
        points = [0.0] + [math.fsum(steps[: place + 1]) for place in range(len(steps))]
        levels = tuple(LevelDefinition(f"l{place}", each) for place, each in enumerate(points))
        criteria.append(CriterionDefinition(f"c{number}", levels))
        marks[f"c{number}"] = draw(st.sampled_from(levels)).id
    return replace(samples.free_text(), rubric=tuple(criteria)), marks


@given(rubrics())
@settings(max_examples=40)
def test_levels_give_their_share_of_the_rubric_and_nothing_else(drawn):
    question, marks = drawn
    item = FreeText(question, Variant())
    outcome = item.score_marked(ANSWER, marks)
    most = math.fsum(each.max_points for each in question.rubric)
    earned = math.fsum(each.points_of(marks[each.id]) for each in question.rubric)
    assert math.isclose(outcome.fraction, earned / most, abs_tol=1e-9)
    assert 0 <= outcome.fraction <= 1
    assert outcome.marks == marks
    assert (outcome.verdict is ItemVerdict.RIGHT) == (marks == item.full_marks())
    assert (outcome.verdict is ItemVerdict.WRONG) == (outcome.fraction == 0)


@given(rubrics(), st.data())
@settings(max_examples=30)
def test_a_higher_level_never_lowers_the_score(drawn, data):
    question, marks = drawn
    item = FreeText(question, Variant())
    criterion = data.draw(st.sampled_from(question.rubric))
    place = [level.id for level in criterion.levels].index(marks[criterion.id])
    higher = {**marks, criterion.id: data.draw(st.sampled_from(criterion.levels[place:])).id}
    assert item.score_marked(ANSWER, higher).fraction >= item.score_marked(ANSWER, marks).fraction


@given(rubrics())
@settings(max_examples=20)
def test_a_rubric_survives_the_database(drawn):
    question, _marks = drawn
    assert QuestionDefinition.from_json(question.to_json()) == question


@given(
    st.dictionaries(
        st.sampled_from(["cause", "remedy", "other"]), st.sampled_from(["missing", "partly", "huge"])
    )
)
def test_marks_of_anything_but_the_whole_rubric_are_refused(marks):
    if set(marks) == {"cause", "remedy"} and "huge" not in marks.values():
        TEXT.score_marked(ANSWER, marks)
    else:
        with pytest.raises(ValueError):
            TEXT.score_marked(ANSWER, marks)


@given(st.text(alphabet=" \t\r\n\u00a0"))
def test_white_space_is_no_answer_and_no_mark_pays_it(text):
    for item in (TEXT, CODE):
        response = samples.read_answer(item, text)
        assert item.is_blank(response)
        assert item.score(response).verdict is ItemVerdict.BLANK
        assert item.score_marked(response, item.full_marks()).verdict is ItemVerdict.BLANK


@given(st.text(min_size=1).map(lambda text: text.replace("\r", "\n")).filter(str.strip))
def test_whatever_is_written_waits_to_be_marked_and_reads_the_same_with_any_line_ends(text):
    response = samples.read_answer(TEXT, text)
    assert TEXT.score(response).verdict is ItemVerdict.PENDING
    assert response == TEXT.parse({"answer": text.replace("\n", "\r\n")}, language="pt-br")


def test_an_answer_of_any_length_is_refused_in_words():
    assert isinstance(TEXT.parse({"answer": "a" * 20_001}, language="en"), ParseProblem)
    assert isinstance(CODE.parse({"answer": "#" * 20_001}, language="en"), ParseProblem)


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(st.floats(0, 1), st.floats(0.5, 4)), min_size=1))
def test_code_earns_the_points_of_the_checks_that_count(checks):
    marks = {name: [share * most, most] for name, (share, most) in checks.items()}
    question = samples.code()
    assert question.code is not None
    counting = sorted(marks)[:2]
    item = Code(replace(question, code=replace(question.code, checks=tuple(counting))), Variant())
    outcome = item.score_marked({"source": "x = 1"}, marks)
    most = sum(marks[name][1] for name in counting)
    assert math.isclose(outcome.fraction, sum(marks[name][0] for name in counting) / most, abs_tol=1e-9)
    assert set(outcome.marks) == set(counting)


@pytest.mark.parametrize("marks", [{}, {"another": [1, 1]}, {"positions_take_whole_bits": [2, 1]}])
def test_a_report_without_the_checks_or_with_too_many_points_is_refused(marks):
    with pytest.raises(ValueError):
        CODE.score_marked({"source": "x = 1"}, marks)


def test_the_starter_is_no_answer():
    code = CODE.question.code
    assert code is not None
    assert CODE.is_blank({"source": code.starter.strip()})
    assert CODE.present(seed=1, language="en").starter == code.starter


def test_only_these_two_need_marking():
    kinds = {item.type: item.needs_marking for item in samples.sample_items()}
    assert {name for name, kind in kinds.items() if kind is not Marking.NONE} == {"free_text", "code"}


def test_checks_are_found_in_an_exercise_without_importing_it():
    known = check_names(EXERCISES / "sparsity-and-size" / "checks.py")
    assert "positions_take_whole_bits" in (known or ())
    assert check_names(EXERCISES / "no-such-exercise" / "checks.py") is None
