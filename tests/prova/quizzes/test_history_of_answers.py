"""However often somebody saves, the newest answer counts and a bounded number of those before it is kept."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes.history import MOST_KEPT, superfluous
from prova.quizzes.models import Response

START = timezone.now()
pauses = st.lists(st.floats(0, 600), min_size=1, max_size=40)


def history_of(pauses, most):
    kept, at = [], START
    for pause in pauses:
        at += timedelta(seconds=pause)
        kept.append(at)
        place = superfluous(kept, most)
        if place is not None:
            del kept[place]
        yield at, list(kept)


@given(pauses, st.integers(2, 8))
def test_the_newest_answer_and_the_first_always_stay_and_never_more_than_allowed(pauses, most):
    first = START + timedelta(seconds=pauses[0])
    for newest, kept in history_of(pauses, most):
        assert len(kept) <= most
        assert (kept[0], kept[-1]) == (first, newest)
        assert kept == sorted(kept)


@given(st.lists(st.floats(30, 600), min_size=1, max_size=6), st.integers(1, 200))
def test_who_saves_without_end_in_a_moment_drives_no_older_answer_out(by_hand, times):
    before = [kept for _newest, kept in history_of(by_hand, 8)][-1]
    *_all, (_newest, after) = history_of([*by_hand, *[0.05] * times], 8)
    assert set(before[:-1]) <= set(after)


def test_a_question_that_is_saved_without_end_keeps_its_newest_answer_and_few_others(attempt, lin, signed_in):
    client, item = signed_in(lin), attempt.items.last()
    save = reverse("quizzes:save", args=[attempt.pk, item.pk])
    for number in range(MOST_KEPT + 3):
        assert client.post(save, {f"item-{item.pk}": str(number)}).status_code == 200
    assert Response.objects.count() == MOST_KEPT
    assert Response.objects.earliest("pk").raw == ["0"]
    assert Response.objects.latest("pk").raw == [str(MOST_KEPT + 2)]
