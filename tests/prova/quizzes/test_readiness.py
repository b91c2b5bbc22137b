"""What an instructor is asked to look at before a quiz is published."""

from prova.quizzes.models import FeedbackPolicy, Quiz
from prova.quizzes.readiness import findings_of


def _tells(course, **rules: object) -> bool:
    quiz = Quiz(course=course, slug="q", titles={"en": "Quiz", "pt-br": "Questionário"}, **rules)
    quiz.pk = 0
    return any("knows the answers" in finding.text for finding in findings_of(quiz) if not finding.is_error)


def test_a_quiz_whose_next_attempt_would_know_the_key_is_to_be_looked_at(course):
    at_once = {"feedback_policy": FeedbackPolicy.AT_ONCE}
    assert _tells(course, **at_once)
    assert _tells(course, **at_once, attempts_allowed=2, counts="last")
    assert _tells(course, **at_once, attempts_allowed=2, tells_key=False)  # explanations name it
    assert _tells(course, time_limit_s=600)  # an exam shown after each attempt is the same mistake


def test_no_word_of_it_where_the_next_attempt_counts_for_nothing_or_nothing_is_told(course):
    at_once = {"feedback_policy": FeedbackPolicy.AT_ONCE}
    assert not _tells(course, **at_once, attempts_allowed=1)
    assert not _tells(course, **at_once, counts="first")
    assert not _tells(course, **at_once, tells_key=False, tells_explanations=False)
    assert not _tells(course)  # practice without a clock, explained after each attempt: what it is for
    assert not _tells(course, time_limit_s=600, feedback_policy=FeedbackPolicy.AFTER_CLOSE)
