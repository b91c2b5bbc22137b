import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.courses.texts import text_in
from prova.quizzes.actions import start_attempt
from prova.quizzes.models import Accommodation, Attempt, Quiz, QuizItem

from questionbank.models import Collection, Question
from tests.prova.quizzes import questions
from tests.prova.teaching.classroom import make_learners

PAGES = ["settings", "questions", "accommodations", "now"]


@pytest.fixture
def draft(course) -> Quiz:
    for slug in ("one", "two", "three", "four"):
        questions.publish(questions.single(slug))
    return Quiz.objects.create(course=course, slug="exam", titles={"en": "Exam", "pt-br": "Prova"})


@pytest.fixture
def page(draft):
    def url(name: str, *more: object) -> str:
        return reverse(f"quiz_builder:{name}", args=[draft.course.slug, draft.slug, *more])

    return url


def test_a_quiz_is_made_from_a_title_to_publishing(course, draft, ada, signed_in):
    client = signed_in(ada)
    new = reverse("quiz_builder:new", args=[course.slug])
    assert "Give the quiz a title" in client.post(new, {}).content.decode()
    made = client.post(new, {"title-en": "Exam", "title-pt-br": "Prova"}).url
    assert made.endswith("/exam-2/questions/")
    found = client.get(made, {"topic": "pruning"}).content.decode()
    assert found.count('name="question"') == 4
    client.post(made, {"do": "section"})
    client.post(f"{made}?topic=pruning", {"do": "add", "question": ["two", "one"]})
    client.post(f"{made}?topic=pruning", {"do": "pool", "draws": "2", "to-section": ""})
    quiz = Quiz.objects.get(slug="exam-2")
    keys = [f"q{item.pk}" for item in quiz.items.filter(pool=None)]
    typed = {"key": keys[0], f"points-{keys[0]}": "2,5", "do": f"down:{keys[0]}"}
    client.post(made, typed)
    asked = quiz.items.filter(pool=None).order_by("position")
    assert [(item.question.slug, item.points) for item in asked] == [("one", 1.0), ("two", 2.5)]
    assert quiz.pools.get().items.count() == 2
    publish = reverse("quiz_builder:publish", args=[course.slug, quiz.slug])
    assert "The quiz is published" in client.post(publish, {"do": "publish"}, follow=True).content.decode()
    refused = client.post(made, {"do": "section"}, follow=True).content.decode()
    assert "Take it back to a draft first" in refused
    client.post(publish, {"do": "unpublish"})
    assert not Quiz.objects.get(slug="exam-2").is_published


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [
        ({"do": "find", "q": "single", "topic": "pruning"}, "questions/?q=single&topic=pruning#find"),
        ({"do": "save", "q": "single"}, "questions/?q=single#find"),  # Enter in the search field
        ({"do": "add", "question": ["two"], "q": ""}, "questions/#find"),
        ({"do": "preview"}, "/attempts/"),
        ({"do": "publish"}, "questions/"),
    ],
)
def test_every_button_of_the_questions_saves_what_was_typed(page, ada, signed_in, button, leads_to):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one"]})
    key = f"q{QuizItem.objects.get().pk}"
    answer = client.post(page("questions"), {"key": key, f"points-{key}": "2,5"} | button)
    assert leads_to in answer.url
    assert QuizItem.objects.get(question__slug="one").points == 2.5
    assert Quiz.objects.get().is_published == (button["do"] == "publish")


def test_what_is_most_about_the_words_comes_first(page, ada, signed_in):
    for slug in ("aaa", "zzz"):
        stem = "Which rare word, rare word, rare word?" if slug == "zzz" else "Which one is rare?"
        question = questions.single(slug)
        texts = {language: replace(text, stem=stem) for language, text in question.texts.items()}
        questions.publish(replace(question, texts=texts))
    found = signed_in(ada).get(page("questions"), {"q": "rare"}).content.decode()
    assert re.findall(r'name="question" value="(\w+)"', found) == ["zzz", "aaa"]


def test_points_that_cannot_be_read_are_told_and_publish_nothing(page, ada, signed_in):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one", "two"]})
    key = f"q{QuizItem.objects.earliest('pk').pk}"
    told = client.post(page("questions"), {"key": key, f"points-{key}": "2 o", "do": "publish"}, follow=True)
    assert "“2 o” is no number of points" in told.content.decode()
    assert "Every student gets 2 questions: 2 points in all." in told.content.decode()
    assert not Quiz.objects.get().is_published


def test_publishing_from_the_rules_saves_them_first(page, ada, signed_in):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one"]})
    assert client.post(page("settings"), RULES | {"time_limit_min": "x", "do": "publish"}).status_code == 200
    assert not Quiz.objects.get().is_published
    client.post(page("settings"), RULES | {"time_limit_min": "45", "do": "publish"})
    assert (Quiz.objects.get().is_published, Quiz.objects.get().time_limit_s) == (True, 2700)


def test_questions_are_named_by_what_they_ask_and_collections_by_their_titles(page, ada, lin, signed_in):
    titles = {"en": "For the exam", "pt-br": "Para a prova"}
    Collection.objects.create(slug="own", titles=titles, owner=ada, is_shared=False)
    Collection.objects.create(slug="hers", titles={"en": "Not to be seen"}, owner=lin, is_shared=False)
    client = signed_in(ada)
    client.post(f"{page('questions')}?topic=pruning", {"do": "add", "question": ["one"]})
    shown = client.get(page("questions") + "?topic=pruning").content.decode()
    assert text_in(Question.objects.get(slug="one").card.titles) in shown
    assert "For the exam" in shown
    assert "Not to be seen" not in shown
    portuguese = client.get(page("questions") + "?topic=pruning", headers={"accept-language": "pt-br"})
    assert "Escolha única" in portuguese.content.decode()
    assert ">Apply<" not in portuguese.content.decode()


def test_a_quiz_that_asks_nothing_is_not_published(page, ada, signed_in):
    told = signed_in(ada).post(page("publish"), {"do": "publish"}, follow=True).content.decode()
    assert "The quiz asks nothing yet" in told
    assert not Quiz.objects.get().is_published


RULES = {"title-en": "Exam", "counts": "best", "feedback_policy": "after_submission", "layout": "all"}


def test_the_rules_are_saved_in_the_person_s_zone_and_follow_at_once(draft, page, ada, lin, signed_in):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one"]})
    client.post(page("publish"), {"do": "publish"})
    attempt = start_attempt(draft, lin)
    saved = client.post(
        page("settings"),
        RULES | {"time_limit_min": "45", "closing_cuts": "on", "password": "word", "networks": "10.0.0.1/8"},
    )
    assert saved.status_code == 302
    quiz = Quiz.objects.get()
    assert (quiz.time_limit_s, quiz.password, quiz.networks) == (2700, "word", ["10.0.0.0/8"])
    attempt.refresh_from_db()
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=45)
    assert "word" in client.get(page("settings")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"networks": "the room"}, "is no network"),
        ({"opens_at": "2026-11-23T12:00", "closes_at": "2026-11-23T11:00"}, "It must close after it opens"),
        ({"is_one_way": "on"}, "Choose pages first"),
        ({"time_limit_min": "-3"}, "greater than or equal to"),
    ],
)
def test_a_rule_that_cannot_be_is_told_beside_its_field(page, ada, signed_in, wrong, said):
    answer = signed_in(ada).post(page("settings"), RULES | wrong)
    assert answer.status_code == 200
    assert said in answer.content.decode().replace("&quot;", '"')


def test_an_accommodation_is_given_changed_and_withdrawn(page, ada, lin, signed_in):
    client = signed_in(ada)
    given = {
        "learner": lin.pk,
        "time_factor": "1.5",
        "extra_min": "10",
        "extra_attempts": "0",
        "reason": "eyes",
    }
    assert "Saved for" in client.post(page("accommodations"), given, follow=True).content.decode()
    assert (Accommodation.objects.get().extra_s, Accommodation.objects.get().given_by) == (600, ada)
    assert f'value="{lin.pk}"' not in client.get(page("accommodations")).content.decode()
    again = client.post(page("accommodations"), given | {"extra_min": "0"}, follow=True).content.decode()
    assert "has other rules already" in again
    assert Accommodation.objects.get().extra_s == 600
    client.post(page("accommodation", lin.pk), given | {"extra_min": "20"})
    assert Accommodation.objects.get().extra_s == 1200
    client.post(page("accommodation", lin.pk), {"do": "withdraw"})
    assert not Accommodation.objects.exists()


def test_the_page_of_now_watches_before_anybody_has_begun(page, ada, signed_in):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one"]})
    client.post(page("publish"), {"do": "publish"})
    told = client.get(page("now")).content.decode()
    live = told[told.index('<div id="live"') :]
    assert 'hx-trigger="every 10s"' in live
    assert "Nobody is in the quiz now" in live


def test_who_is_in_it_now_and_more_time_for_them(
    draft, page, ada, lin, sam, signed_in, django_assert_num_queries
):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one", "two"]})
    client.post(page("publish"), {"do": "publish"})
    Quiz.objects.update(time_limit_s=3600)
    draft.refresh_from_db()
    (absent,) = make_learners(draft.course, 1)
    attempt = start_attempt(draft, lin, timezone.now())
    signed_in(lin).post(reverse("quizzes:save", args=[attempt.pk, 0]))  # an item of nobody
    signed_in(sam).post(reverse("quizzes:save", args=[attempt.pk, attempt.items.earliest("pk").pk]))
    # session, person, enrolment, quiz, sittings, items and pools for the findings, attempts, learners, refused
    with django_assert_num_queries(10):
        told = client.get(page("now")).content.decode()
    assert "1 student is in the quiz now" in told
    assert "0 / 2" in told
    assert "1 student has not begun" in told
    assert absent.name() in told
    assert "for a question of another attempt" in told
    assert f"</svg>{sam.name()}</span>" in told
    before = attempt.deadline_at
    client.post(page("add_time"), {"minutes": "7", "to": "all"})
    attempt.refresh_from_db()
    assert before is not None
    assert attempt.deadline_at == before + timedelta(minutes=7)
    assert "Give from 1 to" in client.post(page("add_time"), {"minutes": "x"}, follow=True).content.decode()


def test_a_preview_is_a_page_as_students_see_it(page, ada, signed_in):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one"]})
    seen = client.post(page("preview"), follow=True).content.decode()
    assert "Preview: it never counts" in seen
    assert "Which one?" in seen
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_only_instructors_of_the_course_build(page, lin, sam, ada, signed_in, client, name):
    assert signed_in(lin).get(page(name)).status_code == 403
    assert signed_in(sam).get(page(name)).status_code == 404
    assert client.get(page(name)).status_code == 302
    assert signed_in(ada).get(page(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["publish", "preview", "add_time", "questions", "accommodations", "settings"]
)
def test_nobody_else_changes_anything(page, lin, sam, signed_in, name):
    assert signed_in(lin).post(page(name), {"do": "publish"}).status_code == 403
    assert signed_in(sam).post(page(name), {"do": "publish"}).status_code == 404
    assert not Quiz.objects.get().is_published


def test_buttons_nobody_made_do_no_harm(page, ada, signed_in):
    client = signed_in(ada)
    for do in ("up:x", "up:q99999999999999999999999", "move:q1", "section-up:7", "remove:", "nonsense"):
        assert client.post(page("questions"), {"do": do}).status_code == 302


def test_a_quiz_that_awaits_its_password_can_be_given_one_or_do_without(draft, page, ada, signed_in):
    client = signed_in(ada)
    client.post(page("questions"), {"do": "add", "question": ["one"]})
    assert "needs_none" not in client.get(page("settings")).content.decode()
    Quiz.objects.update(awaits_password=True)
    told = client.post(page("publish"), {"do": "publish"}, follow=True).content.decode()
    assert "The quiz needs a password" in told
    client.post(page("settings"), RULES)
    assert Quiz.objects.get().awaits_password
    assert "needs_none" in client.get(page("settings")).content.decode()
    client.post(page("settings"), RULES | {"needs_none": "on"})
    client.post(page("publish"), {"do": "publish"})
    assert Quiz.objects.get().is_published


@pytest.mark.parametrize("rule", ["guessing_penalty", "marks_blind"])
def test_guessing_and_blind_marking_are_rules_of_the_page(draft, page, ada, signed_in, rule):
    client = signed_in(ada)
    client.post(page("settings"), RULES | {rule: "on"})
    assert getattr(Quiz.objects.get(), rule)
    ticked = re.search(rf'<input[^>]*name="{rule}"[^>]*>', client.get(page("settings")).content.decode())
    assert ticked
    assert "checked" in ticked.group()
    client.post(page("settings"), RULES)
    assert not getattr(Quiz.objects.get(), rule)
