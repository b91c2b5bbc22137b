from dataclasses import replace

import pytest
from django.urls import reverse
from prova.quizzes.actions.publish import publish_quiz
from prova.quizzes.models import Pool

from questionbank.collections import add_to_collection, make_collection
from questionbank.models import Collection, Question, Tag
from questionbank.tags import add_tag
from tests.prova.teaching import classroom
from tests.questionbank.bank_of_many import published


@pytest.fixture
def page(as_ada, quiz):
    def get(slug: str, **asked: str) -> str:
        return as_ada.get(reverse("bank:question", args=[slug]), asked).content.decode()

    return get


def test_a_question_is_shown_in_the_language_and_variant_asked_for(page):
    assert "Razão de 16 pesos?" in page("ratio", language="pt-br", variant="2")
    assert "Ratio of 8 weights?" in page("ratio", variant="99")


def test_its_key_its_uses_its_tags_and_its_versions_are_told(page, course, quiz, ada):
    add_tag("hard", Question.objects.filter(slug="steps"))
    add_to_collection(make_collection(ada, {"en": "Warm up"}), Question.objects.filter(slug="steps"))
    for learner in classroom.make_learners(course, 2):
        classroom.take(quiz, learner, {1: "levels"})
    changed = classroom.choice_question("steps")
    texts = {**changed.texts, "en": replace(changed.texts["en"], stem="How many steps now?")}
    classroom.publish(replace(changed, texts=texts))
    shown = page("steps")
    for told in ("How many steps now?", "why steps", "Fundamentals", "hard", "Warm up", "?from=1&amp;to=2"):
        assert told in shown
    assert "This is version 1" in page("steps", version="1")
    assert "How many steps?" in page("steps", version="1")


def test_pools_that_draw_it_and_pools_that_would_are_told(page, course, quiz):
    drawn = classroom.Quiz.objects.create(course=course, slug="drawn", titles={"en": "Drawn"})
    Pool.objects.create(quiz=drawn, position=1, source={"topic": "quantization"})
    later = classroom.Quiz.objects.create(course=course, slug="later", titles={"en": "Later"})
    Pool.objects.create(quiz=later, position=1, source={"slugs": ["steps", "ratio"], "level": "apply"})
    Pool.objects.create(quiz=later, position=2, source={"slugs": ["ratio"]})
    publish_quiz(drawn.pk)
    shown = page("steps")
    assert shown.count("from a pool") == 1
    would = shown.partition("would draw it too")[2].partition("</p>")[0]
    assert "Later" in would
    assert "Drawn" not in would
    assert "Later" not in page("many")
    assert "Later" in page("ratio")


def test_what_is_not_there_is_a_404(as_ada, quiz):
    question = reverse("bank:question", args=["steps"])
    for address in (
        reverse("bank:question", args=["nothing"]),
        f"{question}?version=9",
        reverse("bank:language", args=["steps", "es"]),
        reverse("bank:collection", args=["nothing"]),
    ):
        assert as_ada.get(address).status_code == 404


def test_near_duplicates_are_told_on_the_page_and_in_a_list(page, as_ada):
    stem = "A layer of 1000 weights is pruned to 10 % and its indices take 8 bits. How many bytes are left?"
    published("layer", stem)
    published("layer-again", stem.replace("1000", "5000"))
    assert "layer-again" in page("layer")
    listed = as_ada.get(reverse("bank:duplicates")).content.decode()
    assert "layer-again" in listed
    assert "same key" in listed


def test_the_page_of_a_question_costs_the_same_queries_with_more_uses(
    page, course, quiz, django_assert_num_queries
):
    page("steps")
    with django_assert_num_queries(18):
        page("steps")
    for learner in classroom.make_learners(course, 3):
        classroom.take(quiz, learner, {1: "levels"})
    add_tag("hard", Question.objects.all())
    with django_assert_num_queries(18):
        page("steps")


def test_the_matrix_tells_every_text_and_filters_by_its_state(as_ada, quiz, django_assert_num_queries):
    published("half", "Only in English")
    address = reverse("bank:languages")
    rows = as_ada.get(address, {"state": "missing:pt-br"}).context["rows"]
    assert [(row.question.slug, [state.value for _, state in row.cells]) for row in rows] == [
        ("half", ["ok", "missing"])
    ]
    totals = dict(as_ada.get(address).context["totals"])
    assert [(state.value, count) for state, count in totals["pt-br"]] == [
        ("ok", 3),
        ("stale", 0),
        ("missing", 1),
    ]
    with django_assert_num_queries(10):
        as_ada.get(address)
    published("other-half", "Only in English again")
    with django_assert_num_queries(10):
        as_ada.get(address)


def test_two_languages_stand_side_by_side_with_what_differs_marked(as_ada, course):
    question = classroom.choice_question("steps")
    changed = replace(question.texts["pt-br"], explanation="São $2^b$ passos, 256.")
    classroom.publish(replace(question, texts={**question.texts, "pt-br": changed}))
    shown = as_ada.get(reverse("bank:language", args=["steps", "pt-br"])).content.decode()
    assert "In 1 place" in shown
    alone = shown.count('class="part part--alone"')
    assert alone == 3  # both formulas and the number
    classroom.publish(replace(question, texts={"en": question.texts["en"]}))
    missing = as_ada.get(reverse("bank:language", args=["steps", "pt-br"]))
    assert missing.context["state"] == "missing"


def test_a_collection_is_made_described_ordered_and_deleted_by_its_owner(as_ada, ada, quiz):
    made = as_ada.post(
        reverse("bank:make_collection"),
        {
            "title-en": "Warm up",
            "title-pt-br": "Aquecimento",
            "description-en": "For the start",
            "shared": "on",
        },
    )
    assert made.url == reverse("bank:collection", args=["warm-up"])
    found = Collection.objects.get()
    assert (found.titles, found.is_shared) == ({"en": "Warm up", "pt-br": "Aquecimento"}, True)
    add_to_collection(found, Question.objects.order_by("slug"))
    change = reverse("bank:change_collection", args=["warm-up"])
    as_ada.post(change, {"down": "many"})
    as_ada.post(change, {"up": "many"})
    as_ada.post(change, {"up": "steps"})
    as_ada.post(change, {"up": "many"})
    as_ada.post(change, {"remove": "ratio"})
    shown = as_ada.get(made.url)
    assert [row.question.slug for row in shown.context["rows"]] == ["many", "steps"]
    as_ada.post(change, {"describe": "yes", "title-en": "Cool down"})
    found.refresh_from_db()
    assert (found.titles, found.is_shared) == ({"en": "Cool down"}, False)
    as_ada.post(change, {"describe": "yes", "title-en": " "})
    found.refresh_from_db()
    assert found.titles == {"en": "Cool down"}
    as_ada.post(reverse("bank:delete_collection", args=["warm-up"]))
    assert not Collection.objects.exists()
    assert Question.objects.count() == 3


def test_a_title_that_is_taken_or_says_nothing_makes_no_collection(as_ada, ada):
    make_collection(ada, {"en": "Warm up"})
    for title in ("warm up!", "!!", ""):
        as_ada.post(reverse("bank:make_collection"), {"title-en": title})
    assert Collection.objects.count() == 1


def test_others_see_a_shared_collection_and_cannot_change_it(ada, lin, course, signed_in, quiz):
    from prova.courses.models import Enrolment

    Enrolment.objects.filter(user=lin).update(role="instructor")
    shared = make_collection(ada, {"en": "Shared"})
    hidden = make_collection(ada, {"en": "Hidden"}, is_shared=False)
    add_to_collection(hidden, Question.objects.filter(slug="steps"))
    other = signed_in(lin)
    assert other.get(reverse("bank:collection", args=[shared.slug])).status_code == 200
    assert other.get(reverse("bank:collection", args=[hidden.slug])).status_code == 404
    assert "Hidden" not in other.get(reverse("bank:question", args=["steps"])).content.decode()
    for name in ("bank:change_collection", "bank:delete_collection"):
        assert other.post(reverse(name, args=[shared.slug]), {"describe": "yes"}).status_code == 404
    assert Collection.objects.count() == 2


def test_a_tag_is_renamed_and_two_become_one(as_ada, quiz):
    one = add_tag("Huffman", Question.objects.filter(slug="steps"))
    other = add_tag("hufman", Question.objects.filter(slug="ratio"))
    assert as_ada.get(reverse("bank:tags")).status_code == 200
    as_ada.post(reverse("bank:rename_tag", args=[one.pk]), {"name": "HUFFMAN"})
    assert Tag.objects.get(pk=one.pk).name == "HUFFMAN"
    as_ada.post(reverse("bank:rename_tag", args=[other.pk]), {"name": "huffman"})
    assert Tag.objects.get().questions.count() == 2
    as_ada.post(reverse("bank:rename_tag", args=[one.pk]), {"name": "--"})
    assert Tag.objects.get().name == "HUFFMAN"
