import json
import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from questionbank.actions import hash_of, publish_question
from questionbank.items import ItemVerdict, ParseProblem
from questionbank.models import Immutable, Question, QuestionVersion, Variant
from questionbank.questions import definition_of, item_of, latest_versions
from tests.questionbank.samples import RATIO_VARIANT, SCALE_VARIANT, numeric, single_choice

pytestmark = pytest.mark.django_db
OTHER_RATIO = replace(RATIO_VARIANT, key=2.5)


def test_a_published_question_comes_back_as_an_item_that_scores() -> None:
    version = publish_question(numeric(), [RATIO_VARIANT, OTHER_RATIO]).version
    stored = QuestionVersion.objects.get(pk=version.pk)
    assert definition_of(stored) == numeric()
    first, second = stored.variants.order_by("number")
    assert (first.number, second.number) == (0, 1)
    response = item_of(stored, second).parse({"answer": "2,5"}, language="pt-br")
    assert not isinstance(response, ParseProblem)
    assert item_of(stored, second).score(response).verdict is ItemVerdict.RIGHT
    assert item_of(stored, first).score(response).verdict is ItemVerdict.WRONG


def test_publishing_the_same_again_changes_nothing() -> None:
    first = publish_question(numeric(), [RATIO_VARIANT])
    again = publish_question(numeric(), [RATIO_VARIANT])
    assert (first.is_new, again.is_new, again.version) == (True, False, first.version)
    assert (Question.objects.count(), QuestionVersion.objects.count(), Variant.objects.count()) == (1, 1, 1)


def test_a_changed_text_is_a_new_version_and_the_old_one_stays() -> None:
    old = publish_question(single_choice(), [SCALE_VARIANT]).version
    texts = {**single_choice().texts, "en": replace(single_choice().texts["en"], stem="Another stem")}
    new = publish_question(single_choice(texts=texts), [SCALE_VARIANT])
    assert (old.number, new.version.number) == (1, 2)
    assert definition_of(QuestionVersion.objects.get(pk=old.pk)).texts["en"].stem != "Another stem"
    assert new.perhaps_stale == ("pt-br",)


def test_other_variants_are_a_new_version() -> None:
    publish_question(numeric(), [RATIO_VARIANT])
    assert publish_question(numeric(), [OTHER_RATIO]).version.number == 2
    assert publish_question(numeric(), [RATIO_VARIANT, OTHER_RATIO]).version.number == 3


def test_going_back_to_an_older_text_is_a_newer_version() -> None:
    publish_question(numeric(), [RATIO_VARIANT])
    publish_question(numeric(), [OTHER_RATIO])
    assert publish_question(numeric(), [RATIO_VARIANT]).version.number == 3


def test_a_question_may_move_to_another_topic() -> None:
    publish_question(numeric(), [RATIO_VARIANT])
    publish_question(replace(numeric(), topic="weight-sharing"), [RATIO_VARIANT])
    assert Question.objects.get().topic == "weight-sharing"


def test_a_published_version_cannot_be_changed() -> None:
    version = publish_question(numeric(), [RATIO_VARIANT]).version
    version.content["key"] = 4
    with pytest.raises(Immutable):
        version.save()
    with pytest.raises(Immutable):
        QuestionVersion.objects.filter(pk=version.pk).update(number=9)
    with pytest.raises(Immutable):
        version.variants.update(key=None)
    variant = version.variants.get()
    with pytest.raises(Immutable):
        variant.save()
    with pytest.raises(Immutable):
        Variant.objects.bulk_update([variant], ["key"])


def test_two_versions_never_share_a_number() -> None:
    version = publish_question(numeric(), [RATIO_VARIANT]).version
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.create(question=version.question, number=1, content={}, content_hash="x")


def test_an_item_takes_only_a_variant_of_its_version() -> None:
    first = publish_question(numeric(), [RATIO_VARIANT]).version
    second = publish_question(numeric(), [OTHER_RATIO]).version
    with pytest.raises(ValueError, match="does not belong"):
        item_of(second, first.variants.get())


def test_the_latest_versions_are_one_per_question() -> None:
    publish_question(numeric(), [RATIO_VARIANT])
    publish_question(numeric(), [OTHER_RATIO])
    publish_question(single_choice(), [SCALE_VARIANT])
    found = [(version.question.slug, version.number) for version in latest_versions()]
    assert found == [("a-numeric", 2), ("a-single-choice", 1)]
    assert [version.number for version in latest_versions(["a-numeric"])] == [2]


def test_the_hash_survives_the_way_through_json() -> None:
    definition, variant = numeric(), RATIO_VARIANT
    again = type(definition).from_json(json.loads(json.dumps(definition.to_json())))
    assert hash_of(again, [type(variant).from_json(json.loads(variant.as_text))]) == hash_of(
        definition, [variant]
    )


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_one_version() -> None:
    barrier, results = threading.Barrier(2), []

    def publish() -> None:
        try:
            barrier.wait()
            results.append(publish_question(numeric(), [RATIO_VARIANT]).is_new)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert QuestionVersion.objects.count() == 1
