"""The pages of authors, as a browser without scripts meets them."""

import re

import pytest
from django.urls import reverse
from prova.authoring import actions
from prova.authoring.forms import to_fields
from prova.authoring.models import Draft
from prova.courses.topics import label_of
from prova.quizzes.models import Quiz, QuizItem

from questionbank.actions import publish_question
from questionbank.models import Question, QuestionVersion
from questionbank.variant import Variant
from tests.prova.authoring.conftest import contents
from tests.questionbank import samples

pytestmark = pytest.mark.django_db


def newest(question: Question) -> QuestionVersion:
    return question.versions.order_by("-number")[0]


def posted(draft: Draft, **changes: str) -> dict[str, str]:
    """What the browser sends when nothing but `changes` was typed."""
    fields = to_fields(draft.content) | {"topic": draft.topic, "draft-revision": str(draft.revision)}
    return fields | {"then": "save"} | changes


def address(name: str, draft: Draft) -> str:
    return reverse(f"authoring:{name}", args=[draft.pk])


def test_learners_and_strangers_find_nothing_here(draft, lin, sam, signed_in, client):
    question = publish_question(samples.ordering(id="known"), [Variant()]).version.question
    pages = [address(name, draft) for name in ("editor", "review", "history", "publish", "published")]
    pages += [reverse("authoring:new"), reverse("authoring:drafts")]
    pages += [
        reverse(f"authoring:{name}", args=[question.slug]) for name in ("edit", "duplicate", "versions")
    ]
    for person in (lin, sam):
        assert [signed_in(person).get(page).status_code for page in pages] == [404] * len(pages)
        assert signed_in(person).post(address("live", draft), posted(draft)).status_code == 404
        assert signed_in(person).post(address("editor", draft), posted(draft)).status_code == 404
    assert client.get(pages[0]).status_code == 302


@pytest.mark.parametrize("content", contents(), ids=lambda content: content["type"])
def test_the_editor_posts_back_every_type_as_it_was_and_previews_it(content, ada, as_ada):
    draft = actions.start_question(ada, slug=content["id"], topic="pruning", content=content)
    page = as_ada.get(address("editor", draft)).content.decode()
    sent = posted(draft)
    missing = [name for name in sent if name != "then" and sent[name] and f'name="{name}"' not in page]
    assert not missing
    assert 'id="title-preview"' in page, "no preview"
    as_ada.post(address("editor", draft), sent)
    draft.refresh_from_db()
    assert draft.revision == 1, draft.content
    tried = as_ada.post(address("live", draft), sent | {"try": "on"}).content.decode()
    assert "question--result" in tried


def test_a_button_adds_a_row_and_keeps_what_was_typed(draft, as_ada):
    fields = posted(draft, then="add:options") | {"texts.en.stem": "Typed before?"}
    answer = as_ada.post(address("editor", draft), fields, follow=True)
    draft.refresh_from_db()
    assert [option["id"] for option in draft.content["options"]] == [
        "weights",
        "pixels",
        "none_of_these",
        "a",
    ]
    assert "Typed before?" in answer.content.decode()
    assert 'name="texts.pt-br.options.3.text"' in answer.content.decode()


def test_moving_a_row_moves_its_texts_and_the_key(draft, as_ada):
    as_ada.post(address("editor", draft), posted(draft, then="down:options:0"))
    draft.refresh_from_db()
    assert [option["id"] for option in draft.content["options"]] == ["pixels", "weights", "none_of_these"]
    assert draft.content["options"][1]["correct"] is True
    assert draft.content["texts"]["en"]["options"]["weights"]["text"] == "Weights"


def test_a_language_comes_and_goes(draft, as_ada):
    as_ada.post(address("editor", draft), posted(draft, then="language") | {"new-language": "es"})
    draft.refresh_from_db()
    assert "es" in draft.content["texts"]
    as_ada.post(address("editor", draft), posted(draft, then="forget:es"))
    draft.refresh_from_db()
    assert "es" not in draft.content["texts"]


def test_yaml_that_cannot_be_read_is_kept_and_said(draft, as_ada):
    broken = "hints: [{id: one"
    page = as_ada.post(address("editor", draft), posted(draft, more=broken), follow=True).content.decode()
    draft.refresh_from_db()
    assert broken in page
    assert re.search(r'id="f-more-says".*?remark--error', page, re.S)


@pytest.mark.parametrize(
    "text", ["a: &x [1]\nb: *x", "a: &a [*a]", "!!python/object/apply:os.system [ls]", "x: 1\n" * 30_000]
)
def test_hostile_yaml_is_no_more_than_a_text(draft, as_ada, text):
    assert as_ada.post(address("live", draft), posted(draft, more=text)).status_code == 200


def test_authored_html_is_shown_as_text(draft, as_ada):
    evil = '<script>alert(1)</script> <img src=x onerror="alert(2)"> [x](javascript:alert(3))'
    page = as_ada.post(address("live", draft), posted(draft) | {"texts.en.stem": evil}).content.decode()
    shown = page.split("question__stem", 1)[1].split("</div>")[0]
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown


def test_a_remark_stands_at_its_field(draft, as_ada):
    fields = posted(draft) | {"texts.pt-br.options.0.explanation": ""}
    page = as_ada.post(address("live", draft), fields, headers={"HX-Request": "true"}).content.decode()
    assert 'data-field="f-texts-pt-br-options-0-explanation"' in page


def test_a_stale_save_shows_both_texts_and_either_can_be_gone_on_with(draft, ada, grace, as_ada):
    theirs = draft.content | {"source": "Grace 1952"}
    actions.save_draft(draft.pk, grace, revision=1, content=theirs, topic=draft.topic)
    answer = as_ada.post(address("editor", draft), posted(draft) | {"source": "Ada 1843"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Grace" in page
    assert "1843" in page
    assert "1952" in page
    mine = {name: value for name, value in posted(draft).items() if name != "then"} | {"source": "Ada 1843"}
    resumed = as_ada.post(address("resume", draft), mine).content.decode()
    assert 'value="Ada 1843"' in resumed
    assert 'name="draft-revision" value="2"' in resumed


def test_saving_by_itself_tells_the_new_revision_or_that_somebody_else_saved(draft, as_ada):
    fields = posted(draft) | {"source": "Han et al. 2015", "automatic": "on"}
    assert as_ada.post(address("autosave", draft), fields).json()["revision"] == 2
    assert draft.revisions.get(number=2).is_automatic
    again = as_ada.post(address("autosave", draft), fields | {"source": "Other"})
    assert again.status_code == 409
    assert again.json()["problem"]


def test_publishing_leads_to_the_quizzes_that_ask_an_older_version(draft, ada, course, as_ada):
    publish_question(samples.ordering(id=draft.slug), [Variant()])
    question = Question.objects.get(slug=draft.slug)
    quiz = Quiz.objects.create(course=course, slug="week-1", titles={"en": "Week one"})
    QuizItem.objects.create(quiz=quiz, question=question, version=newest(question), position=1)
    refused = as_ada.post(address("publish", draft), {"revision": "1", "warnings": "on", "reason": "Exam"})
    assert refused.status_code == 409
    agreed = {"revision": "1", "warnings": "on", "reason": "Exam", "newer": "on"}
    page = as_ada.post(address("publish", draft), agreed, follow=True).content.decode()
    assert "Week one" in page
    as_ada.post(address("published", draft), {"quiz": str(quiz.pk)})
    assert quiz.items.get().version.number == 2
    assert newest(question).origin == "web"


def test_edit_says_where_a_question_is_used_before_a_draft_begins(course, as_ada):
    version = publish_question(samples.ordering(id="steps"), [Variant()]).version
    quiz = Quiz.objects.create(course=course, slug="week-1", titles={"en": "Week one"})
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=1)
    edit = reverse("authoring:edit", args=["steps"])
    assert "Week one" in as_ada.get(edit).content.decode()
    assert not Draft.objects.exists()
    assert as_ada.post(edit, follow=True).status_code == 200
    assert Draft.objects.get().based_on == version


def test_a_note_is_shown_at_its_field_until_it_is_resolved(draft, grace, as_ada):
    note = actions.add_note(draft.pk, grace, place="texts.en.stem", text="Which layer?")
    assert "Which layer?" in as_ada.get(address("editor", draft)).content.decode()
    as_ada.post(reverse("authoring:resolve", args=[draft.pk, note.pk]), {"resolved": "on"})
    assert "Which layer?" not in as_ada.get(address("editor", draft)).content.decode()


@pytest.mark.parametrize(
    ("name", "most"), [("editor", 7), ("review", 11), ("history", 9), ("publish", 7), ("drafts", 6)]
)
def test_pages_ask_a_fixed_number_of_queries(
    name, most, draft, ada, grace, as_ada, django_assert_max_num_queries
):
    for number in range(5):
        actions.add_note(draft.pk, grace, place="texts.en.stem", text=f"Note {number}")
        content = draft.content | {"source": f"Source {number}"}
        actions.save_draft(draft.pk, ada, revision=number + 1, content=content, topic=draft.topic)
    page = reverse("authoring:drafts") if name == "drafts" else address(name, draft)
    with django_assert_max_num_queries(most):
        assert as_ada.get(page).status_code == 200


def test_a_topic_may_be_typed_as_the_pages_call_it(ada, signed_in):
    publish_question(samples.ordering(id="known"), [Variant()])
    topic = Question.objects.get(slug="known").topic
    asked = {"type": "numeric", "slug": "bits-of-a-codebook", "source_language": "en"}
    signed_in(ada).post(reverse("authoring:new"), asked | {"topic": f" {label_of(topic).upper()}"})
    assert Draft.objects.get(slug="bits-of-a-codebook").topic == topic
