"""Questions that somebody else marks, published as authored ones are, and attempts that answer them."""

from dataclasses import replace

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import Attempt, AttemptItem, Quiz

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.marked import (
    CodeDefinition,
    CriterionDefinition,
    CriterionText,
    LevelDefinition,
    WordLimits,
)
from tests.prova.quizzes import questions

STARTER = "def halve(x):\n    raise NotImplementedError\n"
SOURCE = "def halve(x):\n    return x / 2\n"
TEXT = "Because the zeros are multiplied all the same."
ALL, SOME, NONE = (
    {"cause": "complete", "cost": "named"},
    {"cause": "partly", "cost": "missing"},
    {
        "cause": "missing",
        "cost": "missing",
    },
)


def free_text(slug: str = "why-not-faster") -> QuestionDefinition:
    """Four points: three for the cause, one for the cost."""
    rubric = (
        CriterionDefinition(
            "cause",
            (LevelDefinition("missing", 0), LevelDefinition("partly", 1), LevelDefinition("complete", 3)),
        ),
        CriterionDefinition("cost", (LevelDefinition("missing", 0), LevelDefinition("named", 1))),
    )
    texts = {
        language: QuestionText(
            stem=f"{why} {slug}?",
            explanation=f"{slug}-explained",
            rubric={
                each.id: CriterionText(
                    f"{each.id} ({language})",
                    {level.id: f"{each.id} {level.id} ({language})" for level in each.levels},
                )
                for each in rubric
            },
            model_answer=f"{slug}-model-answer",
        )
        for language, why in (("en", "Why"), ("pt-br", "Por que"))
    }
    question = replace(questions.single(slug), type="free_text", options=(), texts=texts)
    return replace(question, rubric=rubric, words=WordLimits(3, 40))


def code(
    slug: str = "code-halve", checks: tuple[str, ...] = ("half_of_a_whole_number",)
) -> QuestionDefinition:
    """Scored by one of the two checks of `tests.prova.assignments.samples`."""
    texts = {
        language: QuestionText(stem=f"{slug}?", explanation=f"{slug}-explained")
        for language in ("en", "pt-br")
    }
    question = replace(questions.single(slug), type="code", options=(), texts=texts)
    return replace(question, code=CodeDefinition("halving", STARTER, SOURCE, checks))


def make_bob(course: Course) -> User:
    bob = User.objects.create_user("bob", first_name="Bob", last_name="Boole")
    Enrolment.objects.create(course=course, user=bob, role=Role.INSTRUCTOR)
    return bob


def start(quiz: Quiz, learner: User, *, text: str = TEXT, source: str = SOURCE) -> Attempt:
    """The choice answered right, and these two; an empty one is left out."""
    attempt = start_attempt(quiz, learner)
    for item in attempt.items.select_related("version", "variant"):
        raw = {"free_text": [text], "code": [source]}.get(item.version.content["type"])
        raw = questions.right_answer(item) if raw is None else raw
        if any(raw):
            save_response(attempt.pk, item.pk, raw, language="en")
    return attempt


def take(quiz: Quiz, learner: User, *, text: str = TEXT, source: str = SOURCE) -> Attempt:
    return submit_attempt(start(quiz, learner, text=text, source=source).pk)


def item_of_type(attempt: Attempt, item_type: str) -> AttemptItem:
    return attempt.items.get(version__content__type=item_type)
