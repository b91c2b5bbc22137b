from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prova.courses.models import Course
from prova.courses.work import Work, WorkState, by_topic, due_first, main_topic

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def work(title="Work", state=WorkState.NEW, closes_in_h=None, topic="pruning"):
    return Work(
        kind="quiz",
        title=title,
        url="/",
        course=Course(slug="edge"),
        state=state,
        topic=topic,
        opens_at=None,
        closes_at=None if closes_in_h is None else NOON + timedelta(hours=closes_in_h),
        grade=None,
    )


def test_the_nearest_end_comes_first_and_what_has_no_end_last():
    works = [work("none"), work("late", closes_in_h=48), work("soon", closes_in_h=2)]
    assert [each.title for each in due_first(works)] == ["soon", "late", "none"]


@pytest.mark.parametrize("state", [WorkState.DONE, WorkState.MISSED, WorkState.NOT_YET])
def test_what_cannot_or_need_not_be_done_now_is_not_due(state):
    assert due_first([work(state=state)]) == []


def test_a_topic_counts_what_is_done():
    (topic,) = by_topic([work(state=WorkState.DONE), work()])
    assert (topic.topic, topic.done, len(topic.works)) == ("pruning", 1, 2)


def test_works_of_several_topics_come_first():
    assert [topic.topic for topic in by_topic([work(), work(topic="")])] == ["", "pruning"]


def test_half_is_not_more_than_half():
    assert main_topic(["pruning", "sparse"]) == ""
    assert main_topic(["pruning", "pruning", "sparse"]) == "pruning"
    assert main_topic([]) == ""


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1))
def test_the_main_topic_is_that_of_more_than_half_or_none(topics):
    main = main_topic(topics)
    assert (
        (topics.count(main) * 2 > len(topics))
        if main
        else all(topics.count(t) * 2 <= len(topics) for t in topics)
    )
