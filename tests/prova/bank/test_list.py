import csv
import io
from dataclasses import replace

import pytest
from django.urls import reverse
from prova.quizzes.models import QuizItem

from questionbank.actions import publish_question
from questionbank.collections import add_to_collection, make_collection
from questionbank.models import Collection, Question, QuestionVersion, Tag
from questionbank.tags import add_tag
from questionbank.variant import Variant
from tests import people
from tests.prova.teaching import classroom
from tests.questionbank.bank_of_many import many, published

BANK = "/bank/"
RIGHT = classroom.RIGHT


@pytest.fixture
def listed(as_ada, quiz):
    def get(**asked: str) -> list[str]:
        return [row.question.slug for row in as_ada.get(BANK, asked).context["rows"]]

    return get


def counts(response, facet: str) -> dict[str, int]:
    return {option.value: option.count for option in getattr(response.context["facets"], facet)}


def test_learners_and_strangers_are_told_nothing(lin, sam, signed_in, client, quiz):
    assert client.get(BANK).status_code == 302
    addresses = [
        BANK, reverse("bank:bank_csv"), reverse("bank:question", args=["steps"]), reverse("bank:languages"),
        reverse("bank:language", args=["steps", "pt-br"]), reverse("bank:duplicates"), reverse("bank:tags"),
        reverse("bank:collections"),
    ]  # fmt: skip
    for person in (lin, sam):
        assert {signed_in(person).get(address).status_code for address in addresses} == {404}
        posted = signed_in(person).post(
            reverse("bank:selected"), {"question": "steps", "action": "tag", "tag": "a"}
        )
        assert posted.status_code == 404
    assert not Tag.objects.exists()


def test_only_who_teaches_sees_the_way_to_it(ada, lin, signed_in, course):
    assert 'href="/bank/"' in signed_in(ada).get("/").content.decode()
    assert 'href="/bank/"' not in signed_in(lin).get("/").content.decode()
    assert 'href="/bank/"' in signed_in(ada).get(f"/courses/{course.slug}/").content.decode()


def test_it_is_searched_in_all_languages_or_in_one(listed):
    assert listed(q="ratio") == ["ratio"]
    assert listed(q="razao") == ["ratio"]
    assert listed(q="razao", **{"in": "en"}) == []
    assert listed(q="jacob 2018 -many") == ["steps"]


def test_the_excerpt_marks_what_was_looked_for(as_ada, quiz):
    page = as_ada.get(BANK, {"q": "pesos"}).content.decode()
    assert "Razão de 8 <mark>pesos</mark>?" in page
    assert '<p class="bank-table__excerpt" lang="pt-BR">' in page


def test_every_filter_narrows_and_filters_add_up(listed, ada):
    add_tag("Álgebra", [Question.objects.get(slug="many")])
    add_to_collection(make_collection(ada, {"en": "Mine"}), Question.objects.filter(slug="ratio"))
    assert listed(topic="quantization") == ["many", "steps"]
    assert listed(type="numeric") == listed(level="analyse") == listed(parameterised="yes") == ["ratio"]
    assert listed(tag="algebra") == ["many"]
    assert listed(collection="mine") == ["ratio"]
    assert listed(origin="web") == []
    assert listed(topic="quantization", tag="algebra", q="steps") == ["many"]


def test_it_tells_how_many_each_choice_would_leave(as_ada, quiz):
    add_tag("hard", Question.objects.filter(topic="quantization"))
    response = as_ada.get(BANK, {"level": "apply"})
    assert counts(response, "topics") == {"quantization": 2}
    assert counts(response, "levels") == {"apply": 2, "analyse": 1}
    assert counts(response, "types") == {"single_choice": 1, "multiple_choice": 1}
    assert counts(response, "parameterised") == {"yes": 0, "no": 2}
    assert counts(response, "states") == {"ok:en": 2, "ok:pt-br": 2}
    assert counts(response, "tags") == {"hard": 2}
    assert counts(response, "used") == {"none": 0, str(quiz.pk): 2}
    assert counts(response, "origins") == {"files": 2}


def test_a_text_that_is_missing_is_found(listed):
    published("half", "Only in English")
    assert listed(state="missing:pt-br") == ["half"]
    assert "half" not in listed(state="ok:pt-br")


def test_where_a_question_is_asked_is_told_of_ones_own_courses_only(listed, quiz, as_ada):
    published("nowhere", "In no quiz")
    other = classroom.Quiz.objects.create(
        course=people.make_course("else"), slug="secret", titles={"en": "Secret"}
    )
    version = QuestionVersion.objects.get(question__slug="nowhere")
    assert listed(used="none") == ["nowhere"]
    QuizItem.objects.create(quiz=other, question=version.question, version=version, position=1)
    assert listed(used="none") == []
    assert listed(used=str(quiz.pk)) == ["many", "steps", "ratio"]
    assert listed(used=str(other.pk)) == []
    assert "Secret" not in as_ada.get(BANK).content.decode()


def test_questions_are_found_by_how_they_did(listed, course, quiz):
    learners = classroom.make_learners(course, 10)
    for place, learner in enumerate(learners):
        answers = {
            1: RIGHT if place in (4, 5, 6, 7) else "levels",  # misleads most of those who know the rest
            2: RIGHT if place < 5 else "levels",
            3: RIGHT if place < 7 else "1",
        }
        classroom.take(quiz, learner, answers)
    assert listed(facility_to="50") == ["many", "steps"]
    assert listed(sort="facility") == ["steps", "many", "ratio"]
    assert listed(discrimination_to="0") == ["steps"]
    assert set(listed(answers_from="10")) == {"many", "steps", "ratio"}
    assert listed(answers_from="11") == []
    published("fresh", "Nobody answered")
    assert listed(sort="facility")[-1] == "fresh"
    assert "fresh" not in listed(facility_from="0")


def test_questions_are_found_by_who_published_any_version_of_them(listed, as_ada, ada, lin):
    published("half", "Only in English")
    mended = replace(classroom.choice_question("half"), source="Mended")
    publish_question(mended, [Variant()], by=lin)
    assert listed(author=lin.username) == ["half"]
    assert listed(author="nobody") == []
    assert len(listed(author="\0")) == 4
    assert counts(as_ada.get(BANK), "authors") == {lin.username: 1}
    publish_question(replace(mended, source="Again"), [Variant()], by=ada)
    assert listed(author=lin.username) == listed(author=ada.username) == ["half"]


def test_figures_are_of_ones_own_courses(course, quiz, signed_in):
    classroom.take(quiz, classroom.make_learners(course, 1)[0], {1: RIGHT})
    otto = people._enrol(people._person("otto", "O", "E"), people.make_course("else"), people.Role.INSTRUCTOR)
    rows = signed_in(otto).get(BANK).context["rows"]
    assert {row.figures.answers for row in rows} == {0}


def test_the_download_has_what_the_page_has_on_all_its_pages(as_ada, quiz):
    many(60)
    text = as_ada.get(reverse("bank:bank_csv"), {"sort": "slug"}).content.decode().lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 63
    assert len(as_ada.get(BANK).context["rows"]) == 50
    ratio = next(row for row in rows if row["question"] == "ratio")
    assert (ratio["variants"], ratio["texts"], ratio["quizzes"]) == ("2", "en:ok pt-br:ok", "Fundamentals")


def test_the_page_costs_as_many_queries_for_three_questions_as_for_sixty(
    as_ada, quiz, django_assert_num_queries
):
    asked = {"q": "steps or pesos or abc", "facility_from": "0", "tag": "hard"}
    add_tag("hard", Question.objects.all())
    as_ada.get(BANK)
    with django_assert_num_queries(22):
        as_ada.get(BANK)
    with django_assert_num_queries(24):
        as_ada.get(BANK, {"q": "steps"})
    add_tag("hard", many(60))
    with django_assert_num_queries(22):
        as_ada.get(BANK)
    assert as_ada.get(BANK, asked).status_code == 200


def test_ticked_questions_get_and_lose_a_tag(as_ada, quiz):
    url = reverse("bank:selected")
    ticked = {"question": ["steps", "ratio"], "next": "/bank/?topic=quantization"}
    response = as_ada.post(url, ticked | {"action": "tag", "tag": " Prova  1 "})
    assert response.url == "/bank/?topic=quantization"
    assert [tag.name for tag in Question.objects.get(slug="ratio").tags.all()] == ["Prova 1"]
    as_ada.post(url, {"question": "ratio", "action": "untag", "tag": "PROVA 1"})
    assert Tag.objects.get().questions.get().slug == "steps"
    assert as_ada.post(url, ticked | {"action": "tag", "tag": "!!"}, follow=True).status_code == 200
    assert (
        as_ada.post(url, {"question": "steps", "action": "tag", "tag": "x", "next": "https://else/"}).url
        == BANK
    )
    assert as_ada.post(url, {"action": "tag", "tag": "x"}).status_code == 302


def test_ticked_questions_go_into_a_new_or_known_collection_of_ones_own(as_ada, ada, lin, quiz):
    url = reverse("bank:selected")
    as_ada.post(
        url, {"question": ["ratio", "steps"], "action": "collect", "collection": "+", "title": "Warm up"}
    )
    as_ada.post(url, {"question": ["many"], "action": "collect", "collection": "warm-up"})
    found = Collection.objects.get()
    assert [item.question.slug for item in found.items.all()] == ["ratio", "steps", "many"]
    others = make_collection(lin, {"en": "Others"})
    answer = as_ada.post(url, {"question": "many", "action": "collect", "collection": others.slug})
    assert answer.status_code == 404
    assert not others.items.exists()
