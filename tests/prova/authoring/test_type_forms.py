"""Forms of single types: what they offer, what stands at their fields, and what the author is told in Portuguese."""

import re

import pytest
from django.urls import reverse
from prova.authoring import actions
from prova.authoring.demands import demands_on
from prova.authoring.forms import to_fields
from prova.authoring.generators import REFERENCE_NAMES
from prova.authoring.models import Draft
from prova.drawing.models import DrawRequest, DrawState
from prova.quizzes.models import Quiz, QuizItem

from grader.draw_reference import NAMES
from questionbank.actions import publish_question
from questionbank.draw_problem import DrawProblem, told
from questionbank.models import Question
from questionbank.variant import Variant
from tests.prova.authoring.conftest import content_of
from tests.questionbank import samples

pytestmark = pytest.mark.django_db


def begun(ada, content) -> Draft:
    return actions.start_question(ada, slug=content["id"], topic="quantization", content=content)


def sent(draft: Draft, **changes: str) -> dict[str, str]:
    fields = to_fields(draft.content) | {"topic": draft.topic, "draft-revision": str(draft.revision)}
    return fields | {"then": "save"} | changes


def live(client, draft: Draft, **changes: str) -> str:
    address = reverse("authoring:live", args=[draft.pk])
    return client.post(address, sent(draft) | changes, headers={"HX-Request": "true"}).content.decode()


def test_the_page_lists_what_a_generator_may_import():
    assert REFERENCE_NAMES == NAMES


def test_the_checks_of_the_exercise_can_be_ticked(ada, as_ada):
    draft = begun(ada, content_of("code"))
    fields = {name: text for name, text in sent(draft).items() if not name.startswith("code.check.")}
    page = as_ada.get(reverse("authoring:editor", args=[draft.pk])).content.decode()
    names = re.findall(r'name="(code\.check\.\w+)"', page)
    assert len(names) > 2
    as_ada.post(reverse("authoring:editor", args=[draft.pk]), fields | {names[1]: "on"})
    draft.refresh_from_db()
    assert draft.content["code"]["checks"] == [names[1].removeprefix("code.check.")]


def test_every_region_is_drawn_on_the_picture_for_its_author(ada, as_ada):
    content = content_of("hotspot")
    draft = begun(ada, content)
    page = live(as_ada, draft)
    for region in content["hotspot"]["regions"]:
        assert f">{region['id']}</text>" in page
    assert (
        "hotspot__name"
        not in as_ada.post(reverse("authoring:live", args=[draft.pk]), sent(draft)).content.decode()
    )


@pytest.mark.parametrize(
    ("item_type", "field", "typed", "at", "said"),
    [
        ("hotspot", "regions.0.at", "1, 2, 3", "f-regions-0-at", "números"),
        ("gaps", "gaps.1.key", "", "f-gaps-1", "falta ou está vazio"),
        ("short_answer", "texts.pt-br.answers.0.wordings", "", "f-texts-pt-br-answers-0-wordings", "falta"),
        ("free_text", "rubric.0.levels.0.points", "1", "f-rubric-0-levels-0", "os níveis sobem"),
        ("free_text", "texts.en.rubric.0.levels.0", "", "f-texts-en-rubric-0-levels-0", "falta"),
        ("code", "code.solution", "def (", "f-code-solution", "não é Python"),
        ("numeric", "digits.least", "99", "f-digits-least", "número inteiro"),
        ("numeric", "draw.0.id", "bits", "f-draw-0-from", "escreva {from: 1"),
    ],
)
def test_a_remark_stands_at_its_field_in_portuguese(item_type, field, typed, at, said, ada, as_ada):
    draft = begun(ada, content_of(item_type))
    ada.language = "pt-br"
    ada.save()
    page = live(as_ada, draft, **{field: typed})
    remarks = re.findall(r'data-field="([^"]*)"[^>]*data-message="([^"]*)"', page)
    assert any(place.startswith(at) and said in message for place, message in remarks), remarks


def test_a_quiz_that_needs_a_language_holds_a_text_out_of_date_back(ada, course, as_ada, settings):
    settings.BANK_LANGUAGES = ["en"]
    publish_question(samples.ordering(id="steps"), [Variant()])
    question = Question.objects.get(slug="steps")
    draft = actions.edit_question(ada, question)
    content = draft.content
    content["texts"]["en"]["stem"] = "Put them in order, please."
    draft = actions.save_draft(draft.pk, ada, revision=1, content=content, topic=draft.topic)
    page = reverse("authoring:publish", args=[draft.pk])
    assert "published with a warning" in as_ada.get(page).content.decode()
    assert 'name="warnings"' in as_ada.get(page).content.decode()

    quiz = Quiz.objects.create(course=course, slug="exam", titles={"en": "The exam"}, languages=["pt-br"])
    version = question.versions.latest("number")
    QuizItem.objects.create(quiz=quiz, question=question, version=version, position=1)
    assert [demand.language for demand in demands_on(draft)] == ["en", "pt-br"]
    shown = as_ada.get(page).content.decode()
    assert "must be whole and up to date, for The exam" in shown
    agreed = {"revision": str(draft.revision), "warnings": "on", "reason": "Exam"}
    assert as_ada.post(page, agreed).status_code == 409
    actions.mark_current(draft.pk, ada, "pt-br")
    draft.refresh_from_db()
    assert as_ada.post(page, agreed | {"revision": str(draft.revision)}).status_code == 302


def test_failed_variants_are_told_by_the_checks_and_can_be_drawn_again(ada, as_ada):
    content = content_of("numeric") | {"parameters": {"draw": {"a": {"from": 1, "to": 9}}, "key": "a"}}
    content |= {"tolerance": content.pop("key")["tolerance"], "variants": 2, "slips": []}
    content["texts"] = {each: {**text, "slips": {}} for each, text in content["texts"].items()}
    draft = begun(ada, content)
    address = reverse("authoring:editor", args=[draft.pk])
    as_ada.post(address, sent(draft, then="save"))
    assert "nothing to complain about" not in as_ada.get(address).content.decode()  # nobody knows yet
    why = DrawProblem("taken")
    DrawRequest.objects.update(state=DrawState.REFUSED, problem=why.to_json())
    assert f'data-message="no variants could be drawn: {why}"' in as_ada.get(address).content.decode()
    ada.language = "pt-br"
    ada.save()
    assert f"sorteada: {told(why, 'pt-br')}" in as_ada.get(address).content.decode()
    first = DrawRequest.objects.get().nonce
    answer = as_ada.post(address, sent(draft, then="draw"))
    assert answer.url.endswith("#variants")
    again = DrawRequest.objects.get()
    assert again.state == DrawState.WAITING
    assert again.nonce != first


def test_what_is_missing_is_called_as_its_field_and_not_as_its_key(ada, as_ada):
    content = content_of("single_choice")
    first = next(iter(content["texts"]["pt-br"]["options"]))
    content["convention"].pop("en")
    content["texts"]["pt-br"]["options"] = {first: content["texts"]["pt-br"]["options"][first]}
    del content["texts"]["en"]["options"]
    ada.language = "pt-br"
    ada.save()
    draft = begun(ada, content)
    page = as_ada.get(reverse("authoring:editor", args=[draft.pk])).content.decode()
    remarks = dict(re.findall(r'data-field="([^"]*)"[^>]*data-message="([^"]*)"', page))
    said = "“{}” falta ou está vazio; escreva-o"
    assert remarks["f-texts-en-convention"] == said.format("Convenção")
    assert remarks["f-texts-pt-br-options-1-text"] == said.format("Alternativa")
    assert remarks["f-texts-en-options-0-text"] == said.format("Alternativa")
    assert "f-texts-en-options-1-text" not in remarks  # said once, of all of them
