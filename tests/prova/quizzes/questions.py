"""Questions for the tests, published as authored ones are."""

from collections.abc import Sequence
from dataclasses import replace

from prova.courses.models import Course
from prova.quizzes.models import AttemptItem, Quiz, QuizItem

from questionbank.actions import publish_question
from questionbank.definition import (
    OptionDefinition,
    OptionText,
    QuestionDefinition,
    QuestionText,
    ToleranceDefinition,
)
from questionbank.items.rows import RowItem
from questionbank.models import QuestionVersion
from questionbank.questions import item_of
from questionbank.variant import Variant


def single(slug: str = "which-is-smaller") -> QuestionDefinition:
    return _choice(slug, "single_choice", right=("int8_right",), wrong=("forgot_sign", "counts_levels"))


def multiple(slug: str = "what-pruning-does") -> QuestionDefinition:
    return _choice(
        slug, "multiple_choice", right=("sparser", "smaller"), wrong=("forgot_index", "faster_always")
    )


def number(slug: str = "ratio", key: float = 1024.0) -> QuestionDefinition:
    texts = {
        language: QuestionText(
            stem=f"{stem} {slug}?",
            explanation=f"{why} {slug}-number-explained",
            slips={"forgot_codebook": f"{why} forgot-the-codebook-explained"},
        )
        for language, stem, why in (("en", "How many", "Because"), ("pt-br", "Quantos", "Porque"))
    }
    return _definition(
        slug,
        "numeric",
        texts,
        key=key,
        tolerance=ToleranceDefinition("absolute", 0.5),
        unit="bit",
        slips={"forgot_codebook": key * 4},
    )


def statements(slug: str = "about-masks") -> QuestionDefinition:
    question = _choice(slug, "true_false", right=("says_zeros", "says_stays"), wrong=("says_shrinks",))
    return replace(question, scoring="every_decision")


def pairs(slug: str = "about-stages") -> QuestionDefinition:
    rows = {"prunes": "tells_zeros", "shares": "tells_codebook", "codes": "tells_lengths"}
    question = _choice(slug, "matching", right=tuple(rows), wrong=())
    choices = (*rows.values(), "tells_teacher")
    texts = {
        language: replace(
            text, choices={choice: f"{language} {place} $n$" for place, choice in enumerate(choices)}
        )
        for language, text in question.texts.items()
    }
    options = tuple(OptionDefinition(row, match=choice) for row, choice in rows.items())
    return replace(question, texts=texts, options=options, choices=choices)


def steps(slug: str = "about-an-order") -> QuestionDefinition:
    return _choice(slug, "ordering", right=(), wrong=("comes_first", "comes_second", "comes_third"))


def _choice(slug: str, item_type: str, right: Sequence[str], wrong: Sequence[str]) -> QuestionDefinition:
    options = (*right, *wrong)
    texts = {
        language: QuestionText(
            stem=f"{stem} {slug}?",
            explanation=f"{why} {slug}-explained",
            options={
                option: OptionText(f"{word} {place}", f"{why} {slug}-{option}-explained")
                for place, option in enumerate(options)
            },
        )
        for language, stem, word, why in (
            ("en", "Which", "choice", "Because"),
            ("pt-br", "Qual", "escolha", "Porque"),
        )
    }
    return _definition(
        slug,
        item_type,
        texts,
        options=tuple(OptionDefinition(option, correct=option in right) for option in options),
    )


def _definition(
    slug: str, item_type: str, texts: dict[str, QuestionText], **fields: object
) -> QuestionDefinition:
    both = {"en": "none", "pt-br": "nenhuma"}
    return QuestionDefinition(
        id=slug,
        topic="pruning",
        type=item_type,
        level="recall",
        source=f"Source of {slug}",
        objective=both,
        convention=both,
        texts=texts,
        **fields,  # type: ignore[arg-type]
    )


def publish(definition: QuestionDefinition, variants: Sequence[Variant] = (Variant(),)) -> QuestionVersion:
    return publish_question(definition, variants).version


def make_quiz(
    course: Course, asked: Sequence[tuple[QuestionDefinition, float]], slug: str = "basics", **fields: object
) -> Quiz:
    quiz = Quiz.objects.create(
        course=course,
        slug=slug,
        titles={"en": "Basics", "pt-br": "Fundamentos"},
        is_published=True,
        **fields,
    )
    for position, (definition, points) in enumerate(asked, start=1):
        version = publish(definition)
        QuizItem.objects.create(
            quiz=quiz, question=version.question, version=version, position=position, points=points
        )
    return quiz


def raw_answer(item: AttemptItem, *wanted: str) -> list[str]:
    """What a browser sends for these option ids, or for this number."""
    bound = item_of(item.version, item.variant)
    if bound.type == "numeric":
        return list(wanted)
    if isinstance(bound, RowItem):
        return [bound.value(*pair.split("=")) for pair in wanted]
    return [bound.token(option) for option in bound.question.options if option.id in wanted]  # type: ignore[attr-defined]


def right_answer(item: AttemptItem) -> list[str]:
    bound = item_of(item.version, item.variant)
    right = bound.right_response()
    if isinstance(bound, RowItem):
        return raw_answer(item, *(f"{row}={choice}" for row, choice in bound.key.items()))
    return raw_answer(item, *right["chosen"]) if "chosen" in right else [str(right["text"])]
