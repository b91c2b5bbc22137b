import pytest
from django.utils import translation
from prova.teaching.figures import summarise
from prova.teaching.findings import percent, score_finding


def test_without_scores_it_says_so():
    assert score_finding(summarise([])) == "No scores yet."


def test_a_few_scores_bear_no_claim_about_the_class():
    assert score_finding(summarise([0.5])) == "1 score so far: 50%."
    assert score_finding(summarise([0.5, 0.9])) == "2 scores so far, from 50% to 90%."


@pytest.mark.parametrize(
    ("scores", "finding"),
    [
        ([0.9] * 6, "Most are doing well: half the scores are 90% or more."),
        ([0.3] * 6, "Hard for this class: half the scores are 30% or less."),
        ([0.2] * 3 + [1.0] * 5, "The class is split: 3 scored under 50%, 5 scored 85% or more."),
        ([0.6] * 6, "Half the scores are 60% or more."),
    ],
)
def test_the_title_says_what_the_chart_shows(scores, finding):
    assert score_finding(summarise(scores)) == finding


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100%"), (0.9999, "99%"), (0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (None, "–")]
)
def test_all_and_nothing_are_said_only_of_all_and_nothing(share, text):
    assert percent(share) == text


def test_it_speaks_portuguese():
    with translation.override("pt-br"):
        assert score_finding(summarise([])) == "Ainda não há notas."
