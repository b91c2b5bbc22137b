"""The pages of marking: who may see them, what they tell, and how often they ask the database."""

from dataclasses import replace
from itertools import pairwise

import pytest
from django.urls import reverse
from prova.assignments.actions import record_report
from prova.assignments.models import Submission
from prova.marking.actions.mark import mark_answer
from prova.marking.models import Mark
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.models import FeedbackPolicy

from tests.prova.assignments import samples
from tests.prova.marking import papers
from tests.prova.marking.papers import ALL, SOME
from tests.prova.quizzes import questions
from tests.prova.teaching.classroom import make_learners

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(submitted):
    return papers.item_of_type(submitted, "free_text")


def url(name, course, item):
    return reverse(f"marking:{name}", args=[course.slug, item.pk])


def form(levels, seen=0, **more):
    return {**{f"level-{criterion}": level for criterion, level in levels.items()}, "seen": seen, **more}


def test_learners_and_strangers_see_nothing_of_the_queue(course, item, lin, sam, signed_in):
    for address in (reverse("marking:queue", args=[course.slug]), url("answer", course, item)):
        assert signed_in(lin).get(address).status_code == 403
        assert signed_in(sam).get(address).status_code == 404
    assert signed_in(lin).post(url("mark", course, item), form(ALL)).status_code == 403
    assert not Mark.objects.exists()


def test_the_queue_names_the_question_and_not_the_learner(course, item, ada, signed_in):
    page = signed_in(ada).get(reverse("marking:queue", args=[course.slug])).content.decode()
    assert "1 answer to mark" in page
    answer = signed_in(ada).get(url("answer", course, item)).content.decode()
    assert papers.TEXT in answer
    assert "Lin" not in answer


def test_where_marking_is_not_blind_the_learner_is_named(course, quiz, item, ada, signed_in):
    quiz.marks_blind = False
    quiz.save()
    assert "The answer of Lin Chen" in signed_in(ada).get(url("answer", course, item)).content.decode()


def test_marking_goes_on_with_the_next_answer_to_the_same_question(course, quiz, exercise, ada, signed_in):
    rows = [papers.item_of_type(papers.take(quiz, each), "free_text") for each in make_learners(course, 3)]
    browser = signed_in(ada)
    for here, following in pairwise(rows):
        reply = browser.post(url("mark", course, here), form(ALL))
        assert reply["Location"] == url("answer", course, following)
    last = browser.post(url("mark", course, rows[-1]), form(SOME))
    assert last["Location"] == reverse("marking:queue", args=[course.slug])
    assert "Nothing is waiting" in browser.get(last["Location"]).content.decode()


def test_who_was_overtaken_keeps_what_was_typed(course, item, ada, bob, signed_in):
    mark_answer(item.pk, ada, ALL, seen=0)
    reply = signed_in(bob).post(url("mark", course, item), form(SOME, comment="My own view."))
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "My own view." in page
    assert "Somebody else has changed this mark" in page


def test_a_result_says_what_is_pending_and_later_what_was_said(quiz, submitted, item, ada, lin, signed_in):
    address = reverse("quizzes:result", args=[submitted.pk])
    page = signed_in(lin).get(address).content.decode()
    assert "2 answers are still to be marked" in page
    assert "A person will mark this answer" in page
    assert "Your code is being checked" in page
    mark_answer(item.pk, ada, SOME, comment="Name the cost.", seen=0)
    submission = Submission.with_shadows.select_related("exercise").get()
    record_report(samples.report_of(submission))
    page = signed_in(lin).get(address).content.decode()
    assert "Name the cost." in page
    assert "Ada" not in page
    assert "Half of a whole number" in page
    assert "Half of anything" not in page
    assert "still to be marked" not in page
    assert "marked</span>" in signed_in(lin).get(reverse("home")).content.decode()
    quiz.tells_score = False
    quiz.save()
    assert "marked</span>" not in signed_in(lin).get(reverse("home")).content.decode()


def test_before_feedback_is_allowed_nothing_of_rubric_model_answer_or_report_is_sent(
    quiz, submitted, lin, signed_in
):
    quiz.feedback_policy = FeedbackPolicy.AFTER_CLOSE
    quiz.save()
    record_report(samples.report_of(Submission.with_shadows.select_related("exercise").get()))
    page = signed_in(lin).get(reverse("quizzes:result", args=[submitted.pk])).content.decode()
    for secret in ("model-answer", "cause complete", "return x / 2", "Half of a whole number"):
        assert secret not in page


def test_a_result_without_score_keeps_what_marks_and_checks_are_worth(
    quiz, submitted, item, ada, lin, signed_in
):
    mark_answer(item.pk, ada, SOME, comment="Name the cost.", seen=0)
    record_report(samples.report_of(Submission.with_shadows.select_related("exercise").get()))
    quiz.tells_score = False
    quiz.save()
    address = reverse("quizzes:result", args=[submitted.pk])
    page = signed_in(lin).get(address).content.decode()
    assert "Name the cost." in page
    for secret in ("rubric__level--chosen", "report__mark", "history__list", "question--partly"):
        assert secret not in page
    quiz.tells_score, quiz.tells_key = True, False
    quiz.save()
    page = signed_in(lin).get(address).content.decode()
    assert "Name the cost." in page
    assert "1 of 4" in page
    for secret in ("rubric__level", "report__mark", "model-answer"):
        assert secret not in page


def test_the_paper_holds_starter_and_limits_and_no_key(quiz, lin, exercise, signed_in):
    attempt = papers.start(quiz, lin, text="", source="")
    page = signed_in(lin).get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert "raise NotImplementedError" in page
    assert "Write 3 to 40 words." in page
    for secret in ("model-answer", "cause complete", "return x / 2", "explained"):
        assert secret not in page


def test_the_starter_left_as_it_is_is_no_answer_without_a_script(quiz, lin, exercise, signed_in):
    attempt = papers.start(quiz, lin, text="", source="")
    item = papers.item_of_type(attempt, "code")
    sent = papers.STARTER.replace("\n", "\r\n")
    fields = {f"item-{item.pk}": sent, f"was-{item.pk}": sent, "then": "review"}
    signed_in(lin).post(reverse("quizzes:attempt", args=[attempt.pk]), fields)
    assert not item.responses.exists()


def test_the_code_state_tells_its_owner_when_to_reload(submitted, lin, sam, signed_in):
    address = reverse("marking:code_state", args=[papers.item_of_type(submitted, "code").pk])
    assert signed_in(sam).get(address).status_code == 404
    assert signed_in(lin).get(address).status_code == 204
    record_report(samples.report_of(Submission.with_shadows.select_related("exercise").get()))
    assert signed_in(lin).get(address)["HX-Refresh"] == "true"


def test_an_adjustment_is_made_on_the_attempts_page_and_told_to_the_learner(
    course, submitted, ada, lin, signed_in
):
    choice = papers.item_of_type(submitted, "single_choice")
    sent = {"score": "0,5", "reason": "Two readings.", "seen": choice.changes.get().pk}
    reply = signed_in(ada).post(url("adjust", course, choice), sent)
    assert reply["Location"].endswith("#question-1")
    page = signed_in(lin).get(reverse("quizzes:result", args=[submitted.pk])).content.decode()
    assert "Two readings." in page
    assert "Ada" not in page
    assert signed_in(lin).post(url("adjust", course, choice), sent).status_code == 403


def test_a_correction_is_previewed_and_applied_from_the_quiz_page(course, submitted, ada, lin, signed_in):
    old = questions.single()
    options = tuple(replace(each, correct=each.id == "forgot_sign") for each in old.options)
    version = questions.publish(replace(old, options=options))
    browser = signed_in(ada)
    quiz = submitted.quiz
    results = browser.get(reverse("teaching:quiz_results", args=[course.slug, quiz.slug])).content.decode()
    address = reverse("marking:correction", args=[course.slug, quiz.slug, old.id])
    assert address in results
    assert "Lin Chen" in browser.get(address).content.decode()
    assert signed_in(lin).get(address).status_code == 403
    sent = {"remedy": "new_key", "version": version.pk, "note": "The sign was forgotten."}
    browser.post(f"{address}apply/", sent)
    submitted.refresh_from_db()
    assert submitted.score == 0.0
    page = signed_in(lin).get(reverse("quizzes:result", args=[submitted.pk])).content.decode()
    assert "Your score for question 1 changed from 1 to 0" in page
    assert "The sign was forgotten." in page
    assert "score changed" in signed_in(lin).get(reverse("home")).content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_the_queue_and_an_answer_ask_as_often_for_many(
    course, quiz, exercise, ada, signed_in, count, django_assert_num_queries
):
    items = [
        papers.item_of_type(papers.take(quiz, each), "free_text") for each in make_learners(course, count)
    ]
    browser = signed_in(ada)
    with django_assert_num_queries(7):
        browser.get(reverse("marking:queue", args=[course.slug]))
    with django_assert_num_queries(9):
        browser.get(url("answer", course, items[0]))


@pytest.mark.parametrize("count", [1, 4])
def test_a_preview_asks_as_often_for_many(course, ada, signed_in, count, django_assert_num_queries):
    quiz = questions.make_quiz(course, [(questions.number(), 1)])
    for each in make_learners(course, count):
        submit_attempt(start_attempt(quiz, each).pk)
    questions.publish(replace(questions.number(), key=1000.0))
    address = reverse("marking:correction", args=[course.slug, quiz.slug, "ratio"])
    browser = signed_in(ada)
    with django_assert_num_queries(12):
        assert browser.get(address).status_code == 200
