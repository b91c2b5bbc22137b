"""A small class: a quiz of three questions, one exercise, and learners who did more or less of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import Attempt, Quiz, QuizItem

from questionbank.actions import publish_question
from questionbank.definition import (
    OptionDefinition,
    OptionText,
    QuestionDefinition,
    QuestionText,
    ToleranceDefinition,
)
from questionbank.items import Item
from questionbank.items.choice import ChoiceItem
from questionbank.models import QuestionVersion
from questionbank.questions import item_of
from questionbank.variant import Variant

#: what everybody in a test answers unless it says otherwise
RIGHT = "right"


def choice_question(slug: str = "steps", type: str = "single_choice", **changes: Any) -> QuestionDefinition:
    options = (
        OptionDefinition("steps", correct=True),
        OptionDefinition("levels"),
        OptionDefinition("bits", correct=type == "multiple_choice"),
    )
    fields: dict[str, Any] = {
        "id": slug,
        "topic": "quantization",
        "type": type,
        "level": "apply",
        "source": "Jacob et al. 2018",
        "objective": {"en": f"Count the steps ({slug}).", "pt-br": f"Contar os passos ({slug})."},
        "convention": {"en": "Unsigned grid.", "pt-br": "Grade sem sinal."},
        "options": options,
        "scoring": "net_correct" if type == "multiple_choice" else None,
        "texts": {"en": _text("How many steps?", options), "pt-br": _text("Quantos passos?", options)},
    }
    return QuestionDefinition(**fields | changes)


def numeric_question(slug: str = "scale", **changes: Any) -> QuestionDefinition:
    fields: dict[str, Any] = {
        "id": slug,
        "topic": "weight_sharing",
        "type": "numeric",
        "level": "analyse",
        "source": "Han et al. 2016",
        "objective": {"en": "Compute the ratio.", "pt-br": "Calcular a razão."},
        "convention": {"en": "Original over compressed.", "pt-br": "Original sobre comprimido."},
        "generator": "ratio",
        "variant_count": 2,
        "tolerance": ToleranceDefinition("absolute", 0.01),
        "slips": {"no_codebook": None},
        "texts": {
            "en": QuestionText(
                "Ratio of [[n]] weights?", "It is [[key|2]].", slips={"no_codebook": "Codebook forgotten."}
            ),
            "pt-br": QuestionText(
                "Razão de [[n]] pesos?", "É [[key|2]].", slips={"no_codebook": "Faltou o dicionário."}
            ),
        },
    }
    return QuestionDefinition(**fields | changes)


NUMERIC_VARIANTS = (
    Variant(params={"n": 8}, key=3.56, slips={"no_codebook": 32.0}),
    Variant(params={"n": 16}, key=3.2, slips={"no_codebook": 16.0}),
)


def _text(stem: str, options: Sequence[OptionDefinition]) -> QuestionText:
    return QuestionText(
        stem,
        "There are $2^b - 1$ steps.",
        options={option.id: OptionText(f"answer {option.id}", f"why {option.id}") for option in options},
    )


def publish(question: QuestionDefinition, variants: Sequence[Variant] = (Variant(),)) -> QuestionVersion:
    return publish_question(question, variants).version


def make_quiz(course: Course, slug: str = "fundamentals", **changes: Any) -> Quiz:
    """Of a single choice, a multiple choice and a parameterised numeric question."""
    fields: dict[str, Any] = {"titles": {"en": "Fundamentals", "pt-br": "Fundamentos"}, "is_published": True}
    quiz = Quiz.objects.create(course=course, slug=slug, **fields | changes)
    versions = [
        publish(choice_question("steps")),
        publish(choice_question("many", "multiple_choice")),
        publish(numeric_question("ratio"), NUMERIC_VARIANTS),
    ]
    for position, version in enumerate(versions, start=1):
        QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=position)
    return quiz


def make_learners(course: Course, count: int) -> list[User]:
    learners = User.objects.bulk_create(
        User(username=f"learner{number:03}", first_name=f"Learner{number:03}", last_name="Test")
        for number in range(count)
    )
    Enrolment.objects.bulk_create(Enrolment(course=course, user=user, role=Role.LEARNER) for user in learners)
    return learners


def take(
    quiz: Quiz,
    learner: User,
    answers: Mapping[int, str | Sequence[str]] | None = None,
    *,
    submits: bool = True,
) -> Attempt:
    """`answers` by position: RIGHT, option ids or a typed number; what is not named is left empty."""
    attempt = start_attempt(quiz, learner)
    for row in attempt.items.select_related("version", "variant"):
        if answers and row.position in answers:
            raw = _raw(item_of(row.version, row.variant), answers[row.position])
            save_response(attempt.pk, row.pk, raw, language="en")
    return submit_attempt(attempt.pk) if submits else attempt


def _raw(item: Item, answer: str | Sequence[str]) -> list[str]:
    if answer == RIGHT:
        answer = item.right_response().get("chosen") or item.right_response()["text"]
    if isinstance(answer, str) and not item.question.options:
        return [answer]
    assert isinstance(item, ChoiceItem)
    wanted = [answer] if isinstance(answer, str) else list(answer)
    return [item.token(option) for option in item.question.options if option.id in wanted]
