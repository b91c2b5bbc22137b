"""Attempts of quizzes with sections, pools, windows, passwords, accommodations and pages."""

import ipaddress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from prova.courses.models import Enrolment
from prova.gradebook.models import GradebookEntry
from prova.quizzes import refusals
from prova.quizzes.actions import (
    check_item,
    save_response,
    start_attempt,
    submit_attempt,
    submit_overdue_attempts,
    turn_page,
)
from prova.quizzes.actions.preview import start_preview
from prova.quizzes.actions.publish import publish_quiz, unpublish_quiz
from prova.quizzes.actions.settings import accommodate, add_time, change_quiz, withdraw_accommodation
from prova.quizzes.actions.structure import (
    add_pool,
    add_questions,
    add_section,
    change_place,
    key_of,
    order_of,
    places_of,
    remove_section,
    step_place,
    step_section,
)
from prova.quizzes.authoring_refusals import NoSuchPart, QuizNotReady, QuizPublished, QuizTaken
from prova.quizzes.entrance import Credentials
from prova.quizzes.models import Attempt, AttemptItem, Quiz, Response
from prova.quizzes.saving import Base

from questionbank.selection import Selection
from tests.prova.quizzes import questions

MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft(course) -> Quiz:
    """Two fixed questions, then a shuffled section with a pool of four that draws two."""
    quiz = Quiz.objects.create(course=course, slug="exam", titles={"en": "Exam", "pt-br": "Prova"})
    for slug in ("one", "two", "pa", "pb", "pc", "pd"):
        questions.publish(questions.single(slug))
    add_questions(quiz.pk, ["one", "two"], points=2)
    section = add_section(quiz.pk, titles={"en": "Drawn", "pt-br": "Sorteadas"}, is_shuffled=True)
    add_pool(quiz.pk, Selection(slugs=("pa", "pb", "pc", "pd")), draws=2, section_id=section.pk, points=1.5)
    return quiz


@pytest.fixture
def exam(draft) -> Quiz:
    return publish_quiz(draft.pk)


def slugs_of(attempt: Attempt) -> list[str]:
    return list(attempt.items.values_list("version__question__slug", flat=True))


def change(quiz: Quiz, **changes: object) -> Quiz:
    return change_quiz(quiz.pk, changes)


# --- papers


def test_a_paper_asks_the_fixed_questions_and_draws_from_the_pool(exam, lin):
    attempt = start_attempt(exam, lin)
    asked = slugs_of(attempt)
    assert asked[:2] == ["one", "two"]
    assert len(set(asked)) == 4
    assert set(asked[2:]) < {"pa", "pb", "pc", "pd"}
    assert attempt.max_score == 7.0
    assert [item.section_id is not None for item in attempt.items.all()] == [False, False, True, True]


def test_an_exam_with_a_large_pool_starts_as_cheaply(exam, draft, lin, django_assert_num_queries):
    with django_assert_num_queries(10):
        start_attempt(exam, lin)


def test_what_the_bank_gains_after_publishing_is_not_drawn(draft, lin):
    draft.pools.update(source=Selection(topic="pruning").to_json(), draws=4)
    quiz = publish_quiz(draft.pk)
    questions.publish(questions.single("newcomer"))
    assert "newcomer" not in slugs_of(start_attempt(quiz, lin))
    assert quiz.items.filter(pool__isnull=False).count() == 4


def test_a_draft_that_is_not_ready_says_why(draft):
    draft.pools.update(draws=5)
    draft.items.all().delete()
    Quiz.objects.update(languages=["en", "pt-br"], titles={"en": "Exam"})
    questions.publish(replace(questions.single("one"), texts={"en": questions.single("one").texts["en"]}))
    add_questions(draft.pk, ["one"])
    with pytest.raises(QuizNotReady) as refused:
        publish_quiz(draft.pk)
    text = refused.value.text()
    assert "draws 5, but has only 4" in text
    assert "“one” is not complete in" in text
    assert "no title in" in text
    assert not Quiz.objects.get().is_published


def test_what_is_published_is_not_rearranged_and_what_is_taken_stays_published(exam, lin):
    with pytest.raises(QuizPublished):
        add_questions(exam.pk, ["pa"])
    unpublish_quiz(exam.pk)
    add_questions(exam.pk, ["pa"])
    quiz = publish_quiz(exam.pk)
    start_attempt(quiz, lin)
    with pytest.raises(QuizTaken):
        unpublish_quiz(exam.pk)
    with pytest.raises(QuizTaken):
        change(exam, layout="section")
    assert change(exam, titles={"en": "Renamed"}).title() == "Renamed"


def test_a_draft_is_arranged_by_steps(draft):
    one, two, pool = map(key_of, places_of(draft))
    step_place(draft.pk, two, -1)
    assert order_of(draft) == ((two, one), (pool,))
    step_place(draft.pk, one, 1)
    assert order_of(draft) == ((two,), (one, pool))
    second = add_section(draft.pk, titles={"en": "Last"})
    step_section(draft.pk, second.pk, -1)
    assert order_of(draft) == ((two,), (), (one, pool))
    remove_section(draft.pk, draft.sections.get(position=2).pk)
    assert order_of(draft) == ((two,), (one, pool))
    assert [place.position for place in places_of(draft)] == [1, 2, 3]
    change_place(draft.pk, pool, {"draws": 3, "points": 0.5, "pin": "last"})
    assert (draft.pools.get().draws, draft.pools.get().points) == (3, 0.5)
    with pytest.raises(NoSuchPart):
        step_place(draft.pk, "q0", 1)


def test_a_preview_is_a_paper_that_never_counts(draft, ada, lin):
    preview = start_preview(draft, ada)
    assert len(slugs_of(preview)) == 4
    assert not Attempt.objects.exists()
    submitted = submit_attempt(preview.pk)
    assert submitted.score == 0.0
    assert not GradebookEntry.objects.exists()
    assert start_preview(draft, ada).pk != preview.pk
    assert Attempt.with_previews.count() == 1
    unpublish_quiz(publish_quiz(draft.pk).pk)


def test_who_was_an_instructor_once_can_take_the_quiz(exam, ada):
    start_preview(exam, ada)
    Enrolment.objects.filter(user=ada).update(role="learner")
    assert start_attempt(exam, ada).number == 1


# --- time


def test_extra_time_is_there_from_the_start_and_can_be_given_while_it_runs(exam, lin, ada):
    now = timezone.now()
    change(exam, time_limit_s=3600)
    accommodate(exam, lin, {"time_factor": 1.5, "reason": "dyslexia"}, by=ada)
    attempt = start_attempt(exam, lin, now)
    assert attempt.deadline_at == now + 90 * MINUTE
    accommodate(exam, lin, {"extra_s": 600}, by=ada)
    attempt.refresh_from_db()
    assert attempt.deadline_at == now + 100 * MINUTE
    withdraw_accommodation(exam, lin)
    attempt.refresh_from_db()
    assert attempt.deadline_at == now + 60 * MINUTE


def test_a_window_that_moves_takes_running_attempts_along(exam, lin):
    now = timezone.now()
    change(exam, time_limit_s=3600)
    attempt = start_attempt(exam, lin, now)
    change(exam, closes_at=now + 30 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline_at == now + 30 * MINUTE
    assert add_time(exam.pk, 300) == 1
    attempt.refresh_from_db()
    assert attempt.deadline_at == now + 35 * MINUTE
    change(exam, closing_cuts=False)
    attempt.refresh_from_db()
    assert attempt.deadline_at == now + 65 * MINUTE


def test_the_sweeper_knows_of_extra_time_and_of_pools(exam, lin, ada):
    begun = timezone.now() - 70 * MINUTE
    change(exam, time_limit_s=3600)
    accommodate(exam, lin, {"time_factor": 1.5}, by=ada)
    attempt = start_attempt(exam, lin, begun)
    item = attempt.items.select_related("version", "variant").get(position=3)
    save_response(attempt.pk, item.pk, questions.right_answer(item), language="en")
    assert submit_overdue_attempts() == 0
    withdraw_accommodation(exam, lin)
    assert submit_overdue_attempts() == 1
    attempt.refresh_from_db()
    assert (attempt.is_timed_out, attempt.score) == (True, 1.5)


def test_late_comers_are_refused_and_who_has_begun_goes_on(exam, lin, ada):
    now = timezone.now()
    change(exam, start_until=now - MINUTE)
    with pytest.raises(refusals.TooLate):
        start_attempt(exam, lin)
    accommodate(exam, lin, {"start_until": now + MINUTE}, by=ada)
    attempt = start_attempt(exam, lin)
    withdraw_accommodation(exam, lin)
    assert start_attempt(exam, lin).pk == attempt.pk


def test_an_attempt_more_for_one(exam, lin, ada):
    change(exam, attempts_allowed=1)
    submit_attempt(start_attempt(exam, lin).pk)
    with pytest.raises(refusals.NoAttemptsLeft):
        start_attempt(exam, lin)
    accommodate(exam, lin, {"extra_attempts": 1}, by=ada)
    assert start_attempt(exam, lin).number == 2


# --- entrance


def test_the_password_opens_and_guessing_is_slowed_down(exam, lin, ada, caplog):
    quiz = change(exam, password="sesame open")
    for _ in range(10):
        with pytest.raises(refusals.WrongPassword):
            start_attempt(quiz, lin, credentials=Credentials(password="guessed-word"))
    with pytest.raises(refusals.TooManyTries):
        start_attempt(quiz, lin, credentials=Credentials(password="sesame open"))
    later = timezone.now() + 16 * MINUTE
    assert start_attempt(quiz, lin, later, credentials=Credentials(password=" sesame open ")).number == 1
    assert "sesame" not in caplog.text + repr(Credentials(password="sesame"))


def test_without_a_word_no_try_is_counted_and_some_need_none(exam, lin, ada):
    quiz = change(exam, password="sesame")
    for _ in range(12):
        with pytest.raises(refusals.WrongPassword):
            start_attempt(quiz, lin)
    accommodate(quiz, lin, {"needs_no_password": True}, by=ada)
    assert start_attempt(quiz, lin).number == 1


@pytest.mark.parametrize(
    ("address", "is_inside"),
    [("10.1.2.3", True), ("2001:db8::5", True), ("11.0.0.1", False), (None, False)],
)
def test_only_the_room_s_network_opens(exam, lin, address, is_inside):
    quiz = change(exam, networks=["10.0.0.0/8", "2001:db8::/32"])
    shown = Credentials(address=ipaddress.ip_address(address) if address else None)
    if is_inside:
        assert start_attempt(quiz, lin, credentials=shown).number == 1
    else:
        with pytest.raises(refusals.OutsideNetwork):
            start_attempt(quiz, lin, credentials=shown)


# --- pages and checking


def test_a_page_once_left_takes_no_answers(draft, lin):
    change(draft, layout="section", is_one_way=True)
    quiz = publish_quiz(draft.pk)
    attempt = start_attempt(quiz, lin)
    first, _second, third, _fourth = attempt.items.select_related("version", "variant")
    assert [item.page for item in attempt.items.all()] == [1, 1, 2, 2]
    with pytest.raises(refusals.PageNotOpen):
        save_response(attempt.pk, third.pk, ["x"], language="en")
    save_response(attempt.pk, first.pk, questions.right_answer(first), language="en")
    assert turn_page(attempt.pk, 1).page == 2
    assert turn_page(attempt.pk, 1).page == 2  # pressed twice
    with pytest.raises(refusals.PageNotOpen):
        save_response(attempt.pk, first.pk, ["x"], language="en")
    save_response(attempt.pk, third.pk, questions.right_answer(third), language="en")
    assert turn_page(attempt.pk, 2).page == 2
    assert submit_attempt(attempt.pk).score == 3.5


def test_an_answer_whose_feedback_was_shown_stays(exam, lin):
    quiz = change(exam, feedback_policy="at_once")
    attempt = start_attempt(quiz, lin)
    item = attempt.items.select_related("version", "variant")[0]
    with pytest.raises(refusals.NothingToCheck):
        check_item(attempt.pk, item.pk)
    save_response(attempt.pk, item.pk, questions.raw_answer(item, "forgot_sign"), language="en")
    checked_at = check_item(attempt.pk, item.pk).checked_at
    with pytest.raises(refusals.ItemChecked):
        save_response(attempt.pk, item.pk, questions.right_answer(item), language="en")
    assert check_item(attempt.pk, item.pk).checked_at == checked_at
    assert submit_attempt(attempt.pk).score == 0.0


def test_nothing_is_checked_before_its_time(exam, lin):
    attempt = start_attempt(exam, lin)
    item = attempt.items.select_related("version", "variant")[0]
    save_response(attempt.pk, item.pk, questions.right_answer(item), language="en")
    with pytest.raises(refusals.NothingToCheck):
        check_item(attempt.pk, item.pk)
    assert AttemptItem.objects.filter(checked_at__isnull=False).count() == 0


# --- two tabs


def test_an_older_tab_does_not_undo_a_newer_answer(exam, lin, django_assert_num_queries):
    attempt = start_attempt(exam, lin)
    item = attempt.items.select_related("version", "variant")[0]
    right, wrong = questions.right_answer(item), questions.raw_answer(item, "forgot_sign")
    one = save_response(
        attempt.pk, item.pk, right, language="en", base=Base(response_id=0, tab="a", tab_counter=1)
    )
    with pytest.raises(refusals.SavedElsewhere) as refused:
        save_response(
            attempt.pk, item.pk, wrong, language="en", base=Base(response_id=0, tab="b", tab_counter=1)
        )
    assert (refused.value.stored.pk, refused.value.stored.tab) == (one.response.pk, "a")
    assert Response.objects.count() == 1
    with django_assert_num_queries(5):
        chosen = Base(response_id=one.response.pk, tab="b", tab_counter=2)
        save_response(attempt.pk, item.pk, wrong, language="en", base=chosen)
    assert Response.objects.latest("pk").raw == wrong


def test_accommodations_never_take_time_away(exam, lin, ada):
    with pytest.raises(Exception, match="time_is_never_taken_away"):
        accommodate(exam, lin, {"time_factor": 0.5}, by=ada)
