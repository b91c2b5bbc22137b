"""Nobody who answers by hand is ever held up; a program that saves without end is told to wait, and is counted."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes import pace
from prova.quizzes.models import RefusedRequest, Response
from prova.quizzes.pace import BURST, PER_SECOND, Allowance, Pace, note, spend
from prova.quizzes.views import background

LIN, MEI = 1, 2


@given(st.lists(st.floats(1 / PER_SECOND, 60), max_size=50))
def test_hands_are_never_too_fast(pauses):
    asked, now = Allowance(left=1, at=0.0), 0.0
    for wait in pauses:
        now += wait
        is_allowed, asked = spend(asked, now)
        assert is_allowed


@given(st.lists(st.floats(0, 2), min_size=1, max_size=200), st.integers(1, 20))
def test_in_no_time_more_than_the_burst_and_the_rate(pauses, left):
    asked, now, allowed = Allowance(left=left, at=0.0), 0.0, 0
    for wait in pauses:
        now += wait
        is_allowed, asked = spend(asked, now)
        allowed += is_allowed
        assert allowed <= left + now * PER_SECOND + 1e-6


def test_a_whole_paper_comes_in_at_once_when_the_connection_is_back():
    paced = Pace()
    assert all(paced.allows(LIN, 0.0)[0] for _ in range(BURST))
    assert not paced.allows(LIN, 0.0)[0]
    assert paced.allows(MEI, 0.0)[0]


def test_every_refusal_is_noted_and_few_notes_are_written():
    asked, notes = Allowance(left=-1_000, at=0.0), []
    for now in range(25):
        _is_allowed, asked = spend(asked, float(now))
        to_note, asked = note(asked, float(now))
        notes.append(to_note)
    assert [each for each in notes if each] == [1, 10, 10]


@pytest.fixture
def short_burst(monkeypatch):
    monkeypatch.setattr(background, "PACE", Pace())
    monkeypatch.setattr(pace, "BURST", 3)


def test_a_save_too_many_is_refused_counted_and_taken_later(
    attempt, lin, signed_in, short_burst, monkeypatch
):
    client, item = signed_in(lin), attempt.items.last()

    def save(text):
        return client.post(reverse("quizzes:save", args=[attempt.pk, item.pk]), {f"item-{item.pk}": text})

    now = 0.0
    monkeypatch.setattr(background, "monotonic", lambda: now)
    answered = [save(str(number)) for number in range(5)]
    assert [each.status_code for each in answered] == [200, 200, 200, 429, 429]
    assert answered[-1]["X-Refused"] == "too_fast"
    assert RefusedRequest.objects.values_list("kind", "times").get() == ("too_fast", 1)
    now = 1.0  # the page tries again
    assert save("4").status_code == 200
    assert Response.objects.latest("pk").raw == ["4"]
