"""A learner practises what was finished: asked without the key, answered at once, and never what an exam still asks."""

import re

import pytest
from django.utils import timezone
from prova.courses.models import Role
from prova.practice import actions
from prova.practice.figures import figures_of
from prova.practice.models import PracticeTurn
from prova.practice.questions import practisable
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.models import FeedbackPolicy, Quiz, QuizItem

from questionbank.actions import publish_question
from questionbank.definition import QuestionText
from questionbank.items import Marking
from questionbank.models import Question
from questionbank.questions import item_of
from tests.prova.quizzes import questions
from tests.prova.quizzes.conftest import attempt, quiz
from tests.questionbank.samples import sample_items

__all__ = ["attempt", "quiz"]

pytestmark = pytest.mark.django_db

EVERY_TYPE = [item for item in sample_items() if item.needs_marking is Marking.NONE]


@pytest.fixture
def finished(attempt):
    submit_attempt(attempt.pk)
    return attempt.quiz


def slugs(person, course) -> list[str]:
    return [each.slug for each in practisable(person, course, Role.LEARNER)]


def begin(client, course, **form):
    return client.post(f"/courses/{course.slug}/practice/begin/", form, follow=True)


def test_only_a_finished_quiz_that_shows_its_keys_gives_questions(attempt, lin, course):
    quiz = attempt.quiz
    assert slugs(lin, course) == []
    submit_attempt(attempt.pk)
    assert slugs(lin, course) == ["ratio", "what-pruning-does", "which-is-smaller"]
    for change in (
        {"feedback_policy": FeedbackPolicy.NEVER},
        {"feedback_policy": FeedbackPolicy.AFTER_CLOSE},
        {"tells_key": False},
        {"is_published": False},
    ):
        kept = {name: getattr(quiz, name) for name in change}
        type(quiz).objects.filter(pk=quiz.pk).update(**change)
        assert slugs(lin, course) == []
        type(quiz).objects.filter(pk=quiz.pk).update(**kept)
    start_attempt(quiz, lin)
    assert slugs(lin, course) == []


def test_a_question_of_an_exam_to_come_is_held_back_and_an_open_turn_of_it_too(
    finished, lin, course, signed_in
):
    client = signed_in(lin)
    turn = actions.begin_turn(
        lin, course, Role.LEARNER, question=Question.objects.get(slug="which-is-smaller").pk
    )
    exam = questions.make_quiz(course, [(questions.single(), 1)], slug="exam")
    for is_published in (True, False):
        type(exam).objects.filter(pk=exam.pk).update(is_published=is_published)
        assert "which-is-smaller" not in slugs(lin, course)
        for page in (
            client.get(f"/practice/{turn.pk}/", follow=True),
            client.post(f"/practice/{turn.pk}/", {"then": "show"}, follow=True),
        ):
            assert page.redirect_chain[-1][0] == "/courses/edge/practice/"
            assert "explained" not in page.content.decode()
        assert "cannot be practised now" in begin(client, course, question=turn.question_id).content.decode()
    turn.refresh_from_db()
    assert not turn.is_answered


@pytest.mark.parametrize("item", EVERY_TYPE, ids=lambda item: item.question.id)
def test_every_type_is_asked_without_its_key_and_explained_after(item, course, lin, signed_in):
    """As an answer is blank, whatever the page explains comes from showing it."""
    said = [phrase for text in item.question.texts.values() for phrase in _told_afterwards(text)]
    version = publish_question(item.question, [item.variant]).version
    quiz = Quiz.objects.create(course=course, slug="types", titles={"en": "Types"}, is_published=True)
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=1)
    submit_attempt(start_attempt(quiz, lin).pk)
    client = signed_in(lin)
    asked = begin(client, course, topic=item.question.topic)
    turn = PracticeTurn.objects.get()
    assert asked.redirect_chain[-1][0] == f"/practice/{turn.pk}/"
    assert f'name="item-{turn.pk}' in asked.content.decode()
    assert not [phrase for phrase in said if phrase in asked.content.decode()]
    shown = client.post(f"/practice/{turn.pk}/", {"then": "show"}, follow=True).content.decode()
    assert "question--blank" in shown
    assert "question__why" in shown
    turn.refresh_from_db()
    assert (turn.fraction, turn.raw, (turn.outcome or {})["verdict"]) == (0.0, [], "blank")


def _told_afterwards(text: QuestionText) -> list[str]:
    return [text.explanation, *text.slips.values(), *(option.explanation for option in text.options.values())]


def test_a_right_answer_is_right_and_a_wrong_number_is_named(finished, lin, course, signed_in):
    client = signed_in(lin)
    number = Question.objects.get(slug="ratio").pk
    for typed, fraction, said in (
        ("1024", 1.0, "number-explained"),
        ("4096", 0.0, "forgot-the-codebook-explained"),
    ):
        begin(client, course, question=number)
        turn = PracticeTurn.objects.latest("pk")
        page = client.post(f"/practice/{turn.pk}/", {f"item-{turn.pk}": typed, "then": "answer"}, follow=True)
        assert said in page.content.decode()
        turn.refresh_from_db()
        assert turn.fraction == fraction
    assert "1 of the last 2 answers right at once" in page.content.decode()


def test_what_cannot_be_read_or_is_empty_is_asked_again_and_an_answer_stays(finished, lin, course, signed_in):
    client = signed_in(lin)
    begin(client, course, question=Question.objects.get(slug="ratio").pk)
    turn = PracticeTurn.objects.get()
    url = f"/practice/{turn.pk}/"
    for form in ({f"item-{turn.pk}": "many"}, {}):
        refused = client.post(url, {**form, "then": "answer"})
        assert refused.status_code == 422
        assert "number-explained" not in refused.content.decode()
    assert 'value="many"' in client.post(url, {f"item-{turn.pk}": "many"}).content.decode()
    client.post(url, {f"item-{turn.pk}": "1024"})
    client.post(url, {f"item-{turn.pk}": "1"})
    turn.refresh_from_db()
    assert (turn.raw, turn.fraction) == (["1024"], 1.0)


def test_asking_twice_keeps_the_open_question_and_going_round_meets_every_question(finished, lin, course):
    topic = Question.objects.get(slug="ratio").topic
    first = actions.begin_turn(lin, course, Role.LEARNER, topic=topic)
    assert actions.begin_turn(lin, course, Role.LEARNER, topic=topic) == first
    met = set()
    for _ in range(3):
        turn = actions.begin_turn(lin, course, Role.LEARNER, topic=topic)
        met.add(turn.question_id)
        right = item_of(turn.version, turn.variant).right_response()
        assert right
        actions.answer_turn(turn.pk, lin, Role.LEARNER, [], language="en", gives_up=True)
    assert len(met) == 3


def test_a_turn_is_nobody_elses_and_strangers_find_nothing(finished, ada, lin, sam, course, signed_in):
    turn = actions.begin_turn(lin, course, Role.LEARNER, topic=Question.objects.get(slug="ratio").topic)
    for person in (ada, sam):
        assert signed_in(person).get(f"/practice/{turn.pk}/").status_code == 404
        assert signed_in(person).post(f"/practice/{turn.pk}/", {"then": "show"}).status_code == 404
    assert signed_in(sam).get("/courses/edge/practice/").status_code == 404
    assert signed_in(sam).post("/courses/edge/practice/begin/", {"topic": "pruning"}).status_code == 404


def test_pages_cost_the_same_however_much_there_is(
    finished, lin, course, signed_in, django_assert_num_queries
):
    client = signed_in(lin)
    turn = actions.begin_turn(lin, course, Role.LEARNER, topic=Question.objects.get(slug="ratio").topic)
    client.get("/courses/edge/practice/")
    with django_assert_num_queries(6):
        client.get("/courses/edge/practice/")
    with django_assert_num_queries(7):
        client.get(f"/practice/{turn.pk}/")
    more = questions.make_quiz(course, [(questions.statements(), 1), (questions.pairs(), 1)], slug="more")
    submit_attempt(start_attempt(more, lin, timezone.now()).pk)
    with django_assert_num_queries(6):
        client.get("/courses/edge/practice/")


def test_instructors_try_every_question_of_their_course(quiz, ada, course, signed_in):
    page = begin(signed_in(ada), course, question=Question.objects.get(slug="ratio").pk)
    assert page.redirect_chain[-1][0].startswith("/practice/")


def test_results_offer_to_practise_the_questions_that_may_be(finished, attempt, course, signed_in, lin):
    def offered() -> list[str]:
        page = signed_in(lin).get(f"/attempts/{attempt.pk}/result/").content.decode()
        numbers = re.findall(r'name="question" value="(\d+)"', page)
        return sorted(Question.objects.filter(pk__in=numbers).values_list("slug", flat=True))

    assert offered() == ["ratio", "what-pruning-does", "which-is-smaller"]
    questions.make_quiz(course, [(questions.single(), 1)], slug="exam")
    assert offered() == ["ratio", "what-pruning-does"]
    Quiz.objects.filter(pk=finished.pk).update(tells_explanations=False)
    assert offered() == []


def test_instructors_read_how_a_question_is_practised(finished, ada, lin, course, signed_in):
    question = Question.objects.get(slug="ratio")
    for person, role in ((lin, Role.LEARNER), (lin, Role.LEARNER), (ada, Role.INSTRUCTOR)):
        turn = actions.begin_turn(person, course, role, question=question.pk)
        actions.answer_turn(turn.pk, person, role, ["1024"], language="en")
    figures = figures_of(question, course)
    assert (figures.learners, figures.answers, figures.right_percent) == (1, 2, 100)
    page = signed_in(ada).get(f"/courses/edge/teaching/questions/{question.slug}/").content.decode()
    assert "100% of 2 answers right; students: 1" in page
