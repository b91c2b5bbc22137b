from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import State, Submission
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Quiz
from prova.teaching.views.course import FEW

from tests.prova.assignments import samples
from tests.prova.teaching import classroom


@pytest.fixture
def overview(as_ada, course):
    def get() -> str:
        return as_ada.get(reverse("teaching:course", args=[course.slug])).content.decode()

    return get


def test_it_says_who_has_begun_and_how_it_went(overview, course, quiz, lin):
    classroom.make_learners(course, 3)
    classroom.take(quiz, lin, {1: classroom.RIGHT, 2: classroom.RIGHT, 3: classroom.RIGHT})
    page = overview()
    assert "4 students" in page
    assert "1 score so far: 100%." in page
    assert "<title" in page


def test_an_instructor_who_tries_the_quiz_is_not_part_of_the_class(overview, quiz, ada, lin):
    classroom.take(quiz, ada, {1: classroom.RIGHT})
    page = overview()
    assert "1 student" in page
    assert "No scores yet." in page


def test_it_says_which_scores_may_rise_and_what_is_over(overview, quiz, lin):
    quiz.closes_at = timezone.now() + timedelta(days=30)
    quiz.save()
    classroom.take(quiz, lin, {1: classroom.RIGHT})
    assert "1 provisional" not in overview()
    GradebookEntry.objects.update(is_provisional=True)
    assert "1 provisional" in overview()
    assert "· closes" in overview()
    Quiz.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert "· closed" in overview()


def test_a_failure_of_ours_comes_first(overview, assignment, lin):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    Submission.objects.filter(pk=submission.pk).update(state=State.SYSTEM_ERROR)
    page = overview()
    assert "1 submission was not graded because of a failure of ours." in page
    assert reverse("teaching:submission", args=["edge", submission.pk]) in page


def test_a_submission_that_waits_for_long_is_reported_and_a_new_one_is_not(overview, assignment, lin):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    assert "was not graded" not in overview()
    Submission.objects.filter(pk=submission.pk).update(created_at=timezone.now() - timedelta(hours=1))
    assert "was not graded" in overview()


def test_a_missing_translation_of_a_question_that_is_asked_is_reported(overview, quiz):
    question = classroom.choice_question("steps")
    only_english = {"en": question.texts["en"]}
    classroom.publish(classroom.choice_question("steps", texts=only_english))
    classroom.publish(classroom.choice_question("never-asked", texts=only_english))
    page = overview()
    assert "pt-br: missing." in page
    assert "never-asked" not in page


def test_who_has_not_begun_what_closes_soon_is_named(overview, quiz, lin):
    quiz.closes_at = timezone.now() + timedelta(days=1)
    quiz.save()
    page = overview()
    assert "1 student has not started “Fundamentals”." in page
    assert lin.name() in page
    classroom.take(quiz, lin, submits=False)
    assert "has not started" not in overview()


def test_what_closes_later_or_is_closed_names_nobody(overview, quiz, lin):
    for days in (-1, 30):
        quiz.closes_at = timezone.now() + timedelta(days=days)
        quiz.save()
        assert "has not started" not in overview()


def test_with_nothing_to_do_it_says_so(overview, quiz):
    assert "Nothing is waiting for you" in overview()


def test_a_course_without_work_says_what_will_appear(overview):
    assert "no quizzes or assignments yet" in overview()


def test_of_a_whole_catalogue_what_nobody_has_begun_is_a_short_list(overview, course, quiz, assignment, lin):
    for number in range(FEW):
        samples.make_assignment(course, assignment.exercise, slug=f"more-{number}", exercise_slug="halving")
    untouched_only = overview()
    submit_solution(assignment, lin, samples.SOLUTION)
    page = overview()
    assert "The class in figures" not in untouched_only
    cards, untouched = page.split("Nobody has started yet")
    assert cards.count("<article") == 1
    assert assignment.title() in cards
    assert untouched.count("<li>") == FEW + 1
    assert "Fundamentals" in untouched


def test_a_graded_submission_is_in_the_figures(overview, assignment, lin):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    record_report(samples.report_of(submission))
    assert "1 score so far: 100%." in overview()


def test_its_queries_do_not_grow_with_the_class(as_ada, course, quiz, assignment, django_assert_num_queries):
    address = reverse("teaching:course", args=[course.slug])
    learners = classroom.make_learners(course, 12)
    as_ada.get(address)
    with django_assert_num_queries(QUERIES):
        as_ada.get(address)
    for learner in learners:
        classroom.take(quiz, learner, {1: classroom.RIGHT})
        submit_solution(assignment, learner, samples.SOLUTION)
    with django_assert_num_queries(QUERIES):
        as_ada.get(address)


QUERIES = 13
