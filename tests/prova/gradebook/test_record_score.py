import pytest
from prova.gradebook.actions import record_score
from prova.gradebook.models import GradebookEntry, GradeChange
from prova.gradebook.policies import Counts, Score
from prova.quizzes.models import Quiz


@pytest.fixture
def quiz(course):
    return Quiz.objects.create(course=course, slug="basics", titles={"en": "Basics"})


def record(lin, quiz, *scores, counts=Counts.BEST):
    return record_score(lin, scores, counts=counts, reason="attempt 1", quiz=quiz)


def test_it_works(lin, quiz, course):
    entry = record(lin, quiz, Score(3, 4))
    assert (entry.points, entry.max_points, entry.course) == (3, 4, course)
    assert [(change.points, change.reason) for change in entry.changes.all()] == [(3, "attempt 1")]


def test_no_scores_no_grade(lin, quiz):
    assert record(lin, quiz) is None
    assert not GradebookEntry.objects.exists()


def test_saying_the_same_twice_changes_nothing(lin, quiz):
    record(lin, quiz, Score(3, 4))
    record(lin, quiz, Score(3, 4), Score(1, 4))
    assert GradebookEntry.objects.count() == 1
    assert GradeChange.objects.count() == 1


def test_a_better_score_raises_the_grade_and_both_are_kept(lin, quiz):
    record(lin, quiz, Score(1, 4))
    record(lin, quiz, Score(1, 4), Score(3, 4))
    assert GradebookEntry.objects.get().points == 3
    assert [change.points for change in GradeChange.objects.all()] == [1, 3]


def test_a_grade_is_of_one_piece_of_work(lin, quiz):
    with pytest.raises(ValueError, match="one quiz or of one assignment"):
        record_score(lin, [Score(1, 1)], counts=Counts.BEST, reason="nothing")
