import re
from html.parser import HTMLParser

import pytest
from django.templatetags.static import static
from django.urls import reverse
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import Attempt, Response

from questionbank.questions import item_of
from tests.prova.catalogues import SITE
from tests.prova.quizzes import questions
from tests.prova.quizzes.questions import raw_answer


def url_of(attempt):
    return reverse("quizzes:attempt", args=[attempt.pk])


@pytest.fixture
def items(attempt):
    return list(attempt.items.select_related("version", "variant"))


def test_it_works(attempt, lin, signed_in):
    page = signed_in(lin).get(url_of(attempt)).content.decode()
    assert page.count('class="question card"') == 3
    assert "Which which-is-smaller?" in page
    assert "of 3 answered" in page


def test_it_is_nobody_else_s(attempt, ada, sam, signed_in):
    for other in (ada, sam):
        assert signed_in(other).get(url_of(attempt)).status_code == 404


def test_a_submitted_attempt_leads_to_its_result(attempt, lin, signed_in):
    submit_attempt(attempt.pk)
    assert signed_in(lin).get(url_of(attempt)).url == reverse("quizzes:result", args=[attempt.pk])


#: attributes in words of HTML and of the style sheet; an option may be called "input" too
LOOKS = {"class", "type", "role", "rel", "inputmode", "autocomplete", "autocapitalize", "enterkeyhint"}


class Attributes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values = set()

    def handle_starttag(self, tag, attrs):
        self.values |= {value for name, value in attrs if value and name not in LOOKS}


def assert_keeps_the_key(html: str, attempt: Attempt) -> None:
    attributes = Attributes()
    attributes.feed(html)
    for item in attempt.items.select_related("version", "variant"):
        bound = item_of(item.version, item.variant)
        named = {option.id for option in bound.question.options} | set(bound.question.slips)
        named |= set(bound.question.choices)
        assert not named & attributes.values, f"names of options or slips of {bound.question.id}"
        for language in bound.question.texts:
            told = bound.feedback(bound.right_response(), seed=item.seed, language=language)
            secrets = [
                told.explanation_html,
                told.slip_html,
                *(option.explanation_html for option in told.options),
                *(row.explanation_html for row in told.rows),
            ]
            for secret in filter(None, secrets):
                assert secret.strip() not in html, f"an explanation of {bound.question.id}"
    assert not [value for value in attributes.values if "correct" in value or "explanation" in value]


def test_neither_key_nor_explanation_reaches_the_browser(attempt, items, lin, signed_in):
    client = signed_in(lin)
    assert_keeps_the_key(client.get(url_of(attempt)).content.decode(), attempt)
    for item in items:
        posted = {f"item-{item.pk}": questions.right_answer(item)}
        for name, extra in (
            ("save", {}),
            ("flag", {"is_flagged": "on"}),
            ("item_language", {"language": "pt-br"}),
        ):
            fragment = client.post(reverse(f"quizzes:{name}", args=[attempt.pk, item.pk]), posted | extra)
            assert fragment.status_code == 200
            assert_keeps_the_key(fragment.content.decode(), attempt)
    assert_keeps_the_key(client.get(reverse("quizzes:submit", args=[attempt.pk])).content.decode(), attempt)


def test_right_and_wrong_answers_are_received_alike(attempt, items, lin, signed_in):
    def fragment(*wanted):
        posted = {f"item-{items[0].pk}": raw_answer(items[0], *wanted)}
        html = client.post(reverse("quizzes:save", args=[attempt.pk, items[0].pk]), posted).content.decode()
        return re.sub(r"\d\d:\d\d:\d\d|data-saved-at=\"\d+\"|value=\"[0-9a-f]*\"", "", html)

    client = signed_in(lin)
    assert fragment("int8_right") == fragment("forgot_sign")


def test_the_page_costs_the_same_for_three_questions_and_for_fifteen(
    course, lin, signed_in, django_assert_num_queries
):
    many = [(questions.single(f"question-{number}"), 1) for number in range(15)]
    attempt = start_attempt(questions.make_quiz(course, many, slug="long"), lin)
    for item in attempt.items.all():
        save_response(attempt.pk, item.pk, questions.right_answer(item), language="en")
    client = signed_in(lin)
    # session, user, attempt with quiz and course, role, items with their newest answers (the questions were read before)
    with django_assert_num_queries(5):
        assert client.get(url_of(attempt)).content.decode().count("is-answered") == 15


def test_one_item_can_be_shown_whole_in_the_other_language_without_losing_its_answer(
    attempt, items, lin, signed_in
):
    client = signed_in(lin)
    chosen = raw_answer(items[0], "forgot_sign")
    fragment = client.post(
        reverse("quizzes:item_language", args=[attempt.pk, items[0].pk]),
        {f"item-{items[0].pk}": chosen, "language": "pt-br"},
    ).content.decode()
    assert 'lang="pt-BR"' in fragment
    assert "Qual which-is-smaller?" in fragment
    assert "Which" not in fragment
    assert f'value="{chosen[0]}" checked' in fragment
    page = client.get(url_of(attempt)).content.decode()
    assert "Qual which-is-smaller?" in page
    assert "Which what-pruning-does?" in page


def test_the_whole_page_follows_the_person_s_language(attempt, lin, signed_in):
    lin.language = "pt-br"
    lin.save()
    page = signed_in(lin).get(url_of(attempt)).content.decode()
    assert "Qual which-is-smaller?" in page
    assert "Which" not in page
    assert "Ainda sem resposta" in page


def test_a_flag_is_kept(attempt, items, lin, signed_in):
    client = signed_in(lin)
    url = reverse("quizzes:flag", args=[attempt.pk, items[1].pk])
    assert "Flagged" in client.post(url, {"is_flagged": "on"}).content.decode()
    assert "is-flagged" in client.get(url_of(attempt)).content.decode()
    client.post(url, {"is_flagged": "off"})
    assert "is-flagged" not in client.get(url_of(attempt)).content.decode()


def whole_paper(items, **changes):
    paper = {f"was-{item.pk}": "" for item in items}
    return paper | changes


def test_without_a_script_one_button_saves_the_whole_paper(attempt, items, lin, signed_in):
    posted = whole_paper(items) | {
        f"item-{items[0].pk}": raw_answer(items[0], "int8_right"),
        f"item-{items[2].pk}": "12",
        "then": "save",
    }
    response = signed_in(lin).post(url_of(attempt), posted)
    assert response.url == url_of(attempt)
    assert Response.objects.count() == 2


def test_without_a_script_the_finish_button_saves_and_asks(attempt, items, lin, signed_in):
    posted = whole_paper(items) | {f"item-{items[2].pk}": "12", "then": "review"}
    response = signed_in(lin).post(url_of(attempt), posted)
    assert response.url == reverse("quizzes:submit", args=[attempt.pk])
    assert Response.objects.get().raw == ["12"]


def test_without_a_script_flag_and_language_work_and_lose_nothing(attempt, items, lin, signed_in):
    client = signed_in(lin)
    for then in (f"flag:{items[1].pk}:on", f"language:{items[1].pk}:pt-br"):
        was = (
            {f"was-{items[2].pk}": Response.objects.latest("pk").raw[0]} if Response.objects.exists() else {}
        )
        posted = whole_paper(items) | was | {f"item-{items[2].pk}": "12", "then": then}
        assert client.post(url_of(attempt), posted).url == f"{url_of(attempt)}#question-2"
    item = attempt.items.get(position=2)
    assert (item.is_flagged, item.language) == (True, "pt-br")
    assert Response.objects.count() == 1


def test_a_page_left_open_elsewhere_does_not_undo_newer_answers(attempt, items, lin, signed_in):
    client = signed_in(lin)
    save_response(attempt.pk, items[2].pk, ["new"], language="en")
    client.post(url_of(attempt), whole_paper(items) | {"then": "save"})
    assert Response.objects.latest("pk").raw == ["new"]


def test_a_paper_sent_after_the_end_changes_nothing_and_says_so(attempt, items, lin, signed_in):
    submit_attempt(attempt.pk)
    response = signed_in(lin).post(
        url_of(attempt), whole_paper(items) | {f"item-{items[2].pk}": "1"}, follow=True
    )
    assert "This attempt is over" in response.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize("then", ["flag:0:on", "flag:x:on", "language", "flag", "nonsense:1:2"])
def test_a_button_nobody_made_does_no_harm(attempt, items, lin, signed_in, then):
    assert signed_in(lin).post(url_of(attempt), whole_paper(items) | {"then": then}).status_code in {302, 404}
    assert not Response.objects.exists()


def test_time_left_is_shown_calmly_and_late_it_is_noticeable(timed_attempt, lin, signed_in):
    page = signed_in(lin).get(url_of(timed_attempt)).content.decode()
    assert "timer--late" in page
    Attempt.objects.update(started_at=timed_attempt.deadline_at, deadline_at=None)
    assert 'id="timer" hidden>' in signed_in(lin).get(url_of(timed_attempt)).content.decode()


def test_the_page_before_fetches_the_scripts_of_the_paper_ahead(attempt, lin, signed_in):
    client = signed_in(lin)
    before = client.get(
        reverse("quizzes:quiz", args=[attempt.quiz.course.slug, attempt.quiz.slug])
    ).content.decode()
    ahead = set(re.findall(r'rel="prefetch" href="([^"]+\.js)"', before))
    paper = set(
        re.findall(r'<script src="([^"]+/prova/[^"]+\.js)"', client.get(url_of(attempt)).content.decode())
    )
    modules = {
        static(f"prova/taking/{file.name}") for file in (SITE / "static" / "prova" / "taking").glob("*.js")
    }
    assert ahead == (paper | modules) - {static("prova/page.js")}
