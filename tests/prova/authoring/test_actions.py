"""What happens to a draft: saved, reviewed, published; nothing is lost and nothing happens twice."""

from typing import Any

import pytest
from prova.authoring import actions
from prova.authoring.forms.content import text_of
from prova.authoring.models import Draft, DraftRevision, DraftState
from prova.authoring.refusals import Refused, StaleSave
from prova.authoring.translation import TextState, state_of
from prova.authoring.used import uses_of
from prova.quizzes.actions.publish import publish_quiz
from prova.quizzes.models import Pool, Quiz, QuizItem

from questionbank.actions import publish_question
from questionbank.models import Question, QuestionVersion
from tests.prova.authoring.conftest import content_of
from tests.questionbank import samples

pytestmark = pytest.mark.django_db


def newest(question: Question) -> QuestionVersion:
    return question.versions.order_by("-number")[0]


def with_stem(content, stem, language="en"):
    texts = content["texts"] | {language: content["texts"][language] | {"stem": stem}}
    return content | {"texts": texts}


def save(draft: Draft, person, content, revision=None) -> Draft:
    draft.refresh_from_db()
    return actions.save_draft(
        draft.pk, person, revision=revision or draft.revision, content=content, topic=draft.topic
    )


def publish(draft: Draft, person, **more):
    draft.refresh_from_db()
    fields: dict[str, Any] = {"revision": draft.revision, "reason": "a test", "accepts_warnings": True} | more
    return actions.publish_draft(draft.pk, person, **fields)


def test_a_save_that_started_from_an_older_revision_is_refused_and_keeps_both_texts(draft, ada, grace):
    save(draft, grace, with_stem(draft.content, "Grace's?"))
    with pytest.raises(StaleSave) as stale:
        save(draft, ada, with_stem(draft.content, "Ada's?"), revision=1)
    assert stale.value.draft.content["texts"]["en"]["stem"] == "Grace's?"
    assert stale.value.mine["texts"]["en"]["stem"] == "Ada's?"
    assert list(draft.revisions.values_list("number", flat=True)) == [2, 1]


def test_saving_what_is_stored_makes_no_revision_even_from_an_older_one(draft, ada):
    changed = with_stem(draft.content, "New?")
    save(draft, ada, changed)
    save(draft, ada, changed, revision=1)
    assert draft.revisions.count() == 2


def test_revisions_are_never_changed(draft):
    with pytest.raises(TypeError):
        DraftRevision.objects.get(draft=draft).save()


def test_a_question_has_one_open_draft(draft, ada, grace):
    publish(draft, ada)
    question = Question.objects.get(slug=draft.slug)
    first = actions.edit_question(ada, question)
    assert actions.edit_question(grace, question) == first
    actions.put_away(first.pk, ada)
    second = actions.edit_question(grace, question)
    assert second != first
    with pytest.raises(Refused):
        actions.reopen(first.pk, ada)


def test_nobody_reviews_what_they_wrote_unless_the_site_allows_it(draft, ada, grace, settings):
    actions.ask_for_review(draft.pk, ada, revision=1)
    with pytest.raises(Refused):
        actions.approve(draft.pk, ada, revision=1)
    settings.AUTHORS_REVIEW_THEMSELVES = True
    assert actions.approve(draft.pk, ada, revision=1).state == DraftState.REVIEWED


def test_a_reviewed_text_that_changes_is_not_reviewed_any_more(draft, ada, grace):
    actions.ask_for_review(draft.pk, ada, revision=1)
    actions.approve(draft.pk, grace, revision=1)
    assert save(draft, ada, with_stem(draft.content, "Changed?")).state == DraftState.DRAFT


def test_a_review_counts_for_the_text_that_was_on_the_screen(draft, ada, grace):
    actions.ask_for_review(draft.pk, ada, revision=1)
    save(draft, ada, with_stem(draft.content, "Changed?"))
    with pytest.raises(Refused):
        actions.approve(draft.pk, grace, revision=1)


def test_open_notes_hold_a_review_back(draft, ada, grace):
    actions.ask_for_review(draft.pk, ada, revision=1)
    note = actions.add_note(draft.pk, grace, place="texts.en.stem", text="Which layer?")
    with pytest.raises(Refused):
        actions.approve(draft.pk, grace, revision=1)
    actions.resolve_note(draft.pk, note.pk, ada)
    assert actions.approve(draft.pk, grace, revision=1).state == DraftState.REVIEWED


def test_publishing_needs_a_review_or_a_reason(draft, ada):
    with pytest.raises(Refused):
        publish(draft, ada, reason=" ")
    published = publish(draft, ada, reason="It is an exam tomorrow.")
    assert published.steps.first().reason == "It is an exam tomorrow."


def test_publishing_twice_makes_one_version(draft, ada, grace):
    publish(draft, ada)
    publish(draft, grace)
    assert QuestionVersion.objects.count() == 1


def test_what_has_errors_is_not_published(draft, ada):
    save(draft, ada, with_stem(draft.content, ""))
    with pytest.raises(Refused):
        publish(draft, ada)


def test_warnings_need_a_tick(ada):
    content = content_of("true_false")
    content["options"] = [{"id": each["id"], "correct": True} for each in content["options"]]
    draft = actions.start_question(ada, slug=content["id"], topic="pruning", content=content)
    with pytest.raises(Refused):
        publish(draft, ada, accepts_warnings=False)
    assert publish(draft, ada).state == DraftState.PUBLISHED


def test_a_version_published_meanwhile_is_not_buried_unseen(draft, ada):
    publish(draft, ada)
    edit = actions.edit_question(ada, Question.objects.get(slug=draft.slug))
    save(edit, ada, with_stem(edit.content, "A minha?", "pt-br"))
    publish_question(samples.single_choice(id=draft.slug), [samples.SCALE_VARIANT])
    with pytest.raises(Refused):
        publish(edit, ada)
    assert publish(edit, ada, over_newer=True).published_version.number == 3


def test_a_changed_source_makes_translations_stale_until_they_are_marked(draft, ada):
    publish(draft, ada)
    edit = actions.edit_question(ada, Question.objects.get(slug=draft.slug))
    for stem in ("Once?", "Twice?"):
        edit = save(edit, ada, with_stem(edit.content, stem))
    assert text_of(edit.content, "en")["revision"] == 2
    assert state_of(edit.content, "pt-br") == TextState.STALE
    edit = actions.mark_current(edit.pk, ada, "pt-br")
    assert state_of(edit.content, "pt-br") == TextState.OK
    edit = save(edit, ada, with_stem(edit.content, "Thrice?"))
    assert state_of(edit.content, "pt-br") == TextState.STALE


def test_a_source_that_is_changed_back_makes_nothing_stale(draft, ada):
    publish(draft, ada)
    edit = actions.edit_question(ada, Question.objects.get(slug=draft.slug))
    before = edit.content
    save(edit, ada, with_stem(before, "Other?"))
    assert save(edit, ada, before).content == before


def test_only_the_chosen_quizzes_of_ones_own_courses_take_the_new_version(draft, ada, grace, course):
    publish(draft, ada)
    question = Question.objects.get(slug=draft.slug)
    quizzes = [Quiz.objects.create(course=course, slug=slug, titles={"en": slug}) for slug in "ab"]
    for quiz in quizzes:
        QuizItem.objects.create(quiz=quiz, question=question, version=newest(question), position=1)
    edit = actions.edit_question(ada, question)
    edit = publish(save(edit, ada, with_stem(edit.content, "Outra?", "pt-br")), ada)
    assert actions.take_newest(edit.published_version, grace, [quizzes[0].pk]) == 1
    numbers = QuizItem.objects.order_by("quiz__slug").values_list("version__number", flat=True)
    assert list(numbers) == [2, 1]
    course.enrolments.filter(user=grace).update(role="learner")
    assert actions.take_newest(edit.published_version, grace, [quizzes[1].pk]) == 0


def test_a_pool_that_draws_the_question_takes_the_new_version_too(draft, ada, course):
    publish(draft, ada)
    quiz = Quiz.objects.create(course=course, slug="a", titles={"en": "a"})
    Pool.objects.create(quiz=quiz, position=1, source={"slugs": [draft.slug]})
    publish_quiz(quiz.pk)
    edit = actions.edit_question(ada, Question.objects.get(slug=draft.slug))
    edit = publish(save(edit, ada, with_stem(edit.content, "Outra?", "pt-br")), ada)
    (use,) = uses_of(draft.slug, ada)
    assert (use.version, use.is_drawn) == (1, True)
    assert actions.take_newest(edit.published_version, ada, [use.quiz_id]) == 1
    assert QuizItem.objects.get().version.number == 2


def test_an_id_is_safe_and_free(ada, draft):
    for slug in ("../etc", "Über", "a b", "", draft.slug):
        with pytest.raises(Refused):
            actions.start_question(ada, slug=slug, topic="pruning", content=content_of("numeric"))
