"""The exercises of the content folder as a catalogue: nothing points nowhere, everything has its words."""

import functools

import pytest
from django.conf import settings
from django.utils.translation import override
from prova.courses.learning_order import Step, in_learning_order, level_number
from prova.courses.levels import LABELS as LEVEL_LABELS
from prova.courses.levels import level_label
from prova.courses.topics import LABELS as TOPIC_LABELS
from prova.courses.topics import label_of
from prova.courses.work import topic_of_exercise

from grader.exercise import LEVELS, Exercise, find_exercises, read_exercise
from questionbank.definition import LEVELS as QUESTION_LEVELS


@functools.cache
def catalogue() -> dict[str, Exercise]:
    return {folder.name: read_exercise(folder) for folder in find_exercises()}


def test_prerequisites_exist() -> None:
    unknown = {
        f"{exercise.slug}: {slug}"
        for exercise in catalogue().values()
        for slug in exercise.prerequisites
        if slug not in catalogue()
    }
    assert not unknown


def test_no_exercise_waits_for_itself() -> None:
    steps = [
        Step(slug=exercise.slug, level=exercise.level, prerequisites=exercise.prerequisites)
        for exercise in catalogue().values()
    ]
    done: set[str] = set()
    for step in in_learning_order(steps):
        assert done >= set(step.prerequisites), f"{step.slug} builds in a circle on {step.prerequisites}"
        done.add(step.slug)


def test_nothing_builds_on_a_harder_exercise() -> None:
    harder = {
        f"{exercise.slug} ({exercise.level}) after {slug}"
        for exercise in catalogue().values()
        for slug in exercise.prerequisites
        if level_number(catalogue()[slug].level) > level_number(exercise.level)
    }
    assert not harder


def test_every_exercise_has_a_topic_that_pages_know() -> None:
    unknown = {
        f"{exercise.slug}: {topic}"
        for exercise in catalogue().values()
        for topic in (*exercise.topics, topic_of_exercise(exercise.topics))
        if topic not in TOPIC_LABELS
    }
    assert not unknown
    assert all(exercise.topics for exercise in catalogue().values())


def test_every_topic_of_the_question_bank_is_known_to_pages() -> None:
    topics = {file.stem for file in settings.QUESTIONS_DIR.glob("*.yaml")}
    assert topics
    assert topics <= set(TOPIC_LABELS)


@pytest.mark.parametrize("labels", [TOPIC_LABELS, LEVEL_LABELS], ids=["topics", "levels"])
def test_every_label_has_words_of_its_own_in_both_languages(labels: dict[str, object]) -> None:
    said = {}
    for language in ("en", "pt-br"):
        with override(language):
            said[language] = [
                label_of(each) if labels is TOPIC_LABELS else level_label(each) for each in labels
            ]
        assert len(set(said[language])) == len(labels)
    assert all(english != portuguese for english, portuguese in zip(*said.values(), strict=True))


def test_every_level_has_a_label() -> None:
    assert {*LEVELS, *QUESTION_LEVELS} == set(LEVEL_LABELS)
