"""The question bank as an instructor sees it: what there is, and in which state its texts are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prova.courses.models import Course
from prova.courses.texts import text_in
from prova.quizzes.models import QuizItem
from prova.teaching.listing import Column, Sorting, folded, matches
from questionbank.completeness import state_of
from questionbank.definition import LEVELS, QuestionDefinition
from questionbank.models import QuestionVersion
from questionbank.questions import definition_of, latest_versions


class TextState(TextChoices):
    """Of one language's text of a question."""

    OK = "ok", _("up to date")
    STALE = "stale", _("older than the source text")
    MISSING = "missing", _("missing")


class ItemType(TextChoices):
    SINGLE_CHOICE = "single_choice", _("Single choice")
    MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")
    NUMERIC = "numeric", _("Numeric")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", pgettext_lazy("kind of question", "Ordering")
    SHORT_ANSWER = "short_answer", _("Short answer")
    GAPS = "gaps", _("Fill in the gaps")
    CODE_READING = "code_reading", _("Reading code")
    HOTSPOT = "hotspot", _("Image hotspot")
    FREE_TEXT = "free_text", _("Free text")
    CODE = "code", _("Code")


class Level(TextChoices):
    RECALL = "recall", _("Recall")
    APPLY = "apply", _("Apply")
    ANALYSE = "analyse", _("Analyse")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One question of the bank, in its newest version."""

    version: QuestionVersion
    definition: QuestionDefinition
    variants: int
    quizzes: tuple[str, ...]  #: titles, of the course's quizzes that ask it

    @property
    def slug(self) -> str:
        return self.definition.id

    @property
    def title(self) -> str:
        return text_in(self.definition.objective)

    @property
    def type_label(self) -> str:
        return kind_label(self.definition.type)

    @property
    def level_label(self) -> str:
        return labels(Level).get(self.definition.level, self.definition.level)

    @property
    def texts(self) -> list[tuple[str, TextState]]:
        return list(text_states(self.definition).items())

    @property
    def is_complete(self) -> bool:
        return all(state == TextState.OK for _language, state in self.texts)


def labels(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


def kind_label(item_type: str) -> str:
    return labels(ItemType).get(item_type, item_type)


def text_states(question: QuestionDefinition) -> dict[str, TextState]:
    """By language; every one the bank demands is named."""
    languages = sorted({*settings.BANK_LANGUAGES, *question.texts})
    return {language: TextState(state_of(question, language).value) for language in languages}


COLUMNS = (
    Column(name="question", title=_("Question")),
    Column(name="topic", title=_("Topic")),
    Column(name="type", title=_("Type")),
    Column(name="level", title=_("Level")),
    Column(name="variants", title=_("Variants"), is_number=True),
    Column(name="texts", title=_("Texts")),
    Column(name="quizzes", title=_("Asked in"), sortable=False),
)
_KEYS: Mapping[str, Callable[[Entry], Any]] = {
    "question": lambda entry: folded(entry.title),
    "topic": lambda entry: (entry.definition.topic, folded(entry.title)),
    "type": lambda entry: (entry.type_label, folded(entry.title)),
    "level": lambda entry: LEVELS.index(entry.definition.level),
    "variants": lambda entry: entry.variants,
    "texts": lambda entry: not entry.is_complete,
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    query: str = ""
    topic: str = ""
    type: str = ""
    level: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "Filters":
        return cls(
            query=parameters.get("q", "").strip(),
            topic=parameters.get("topic", ""),
            type=parameters.get("type", ""),
            level=parameters.get("level", ""),
        )

    def admits(self, entry: Entry) -> bool:
        question = entry.definition
        wanted = ((self.topic, question.topic), (self.type, question.type), (self.level, question.level))
        if any(asked and asked != has for asked, has in wanted):
            return False
        stems = [text.stem for text in question.texts.values()]
        return matches(self.query, question.id, question.source, *question.objective.values(), *stems)


def entries_of(course: Course) -> list[Entry]:
    """The whole bank; two queries."""
    quizzes: dict[int, list[str]] = {}
    for item in QuizItem.objects.filter(quiz__course=course).select_related("quiz").order_by("quiz_id"):
        quizzes.setdefault(item.question_id, []).append(item.quiz.title())
    return [
        Entry(
            version=version,
            definition=definition_of(version),
            variants=version.variant_count,
            quizzes=tuple(quizzes.get(version.question_id, ())),
        )
        for version in latest_versions().annotate(variant_count=Count("variants"))
    ]


def arranged(entries: Sequence[Entry], filters: Filters, sorting: Sorting) -> list[Entry]:
    return sorting.apply([entry for entry in entries if filters.admits(entry)], _KEYS)


def topics_of(entries: Iterable[Entry]) -> list[str]:
    return sorted({entry.definition.topic for entry in entries})
