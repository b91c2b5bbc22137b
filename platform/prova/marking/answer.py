"""One answer as a marker sees it. Only reads."""

import re
from dataclasses import dataclass

from prova.courses.texts import text_in
from prova.marking.models import Mark
from prova.quizzes.models import AttemptItem
from prova.quizzes.responses import newest_responses
from questionbank.items import CriterionFeedback, Marking
from questionbank.items.free_text import FreeText
from questionbank.items.registry import ITEM_TYPES
from questionbank.marked import WordLimits
from questionbank.questions import item_of


@dataclass(frozen=True, kw_only=True)
class Answer:
    language: str
    title: str
    stem_html: str
    text: str
    words: int
    limits: WordLimits | None
    criteria: tuple[CriterionFeedback, ...]  #: with the levels of the mark that counts
    model_answer_html: str
    mark: Mark | None  #: the one that counts
    marker: str  #: empty where marking is blind

    @staticmethod
    def kind_of(item: AttemptItem) -> Marking:
        return ITEM_TYPES[item.version.content["type"]].needs_marking

    @property
    def seen(self) -> int:
        return self.mark.number if self.mark else 0


def answer_of(item: AttemptItem, language: str) -> Answer:
    """`item` with attempt, quiz, version and variant; a free text. In the language it was answered in."""
    bound = item_of(item.version, item.variant)
    if not isinstance(bound, FreeText):
        raise TypeError(f"{bound.type} is not marked with a rubric")
    response = newest_responses([item.pk]).get(item.pk)
    shown, text = bound.text(response.language if response else item.language or language)
    mark = item.marks.select_related("marker").order_by("-number").first()
    written = ((response.value if response else None) or {}).get("text", "")
    return Answer(
        language=shown,
        title=text_in(bound.question.objective, shown),
        stem_html=bound.render(text.stem, shown),
        text=written,
        words=count_words(written),
        limits=bound.question.words,
        criteria=bound.criteria(shown, mark.levels if mark else {}),
        model_answer_html=bound.render(text.model_answer, shown),
        mark=mark,
        marker=mark.marker.name() if mark and not item.attempt.quiz.marks_blind else "",
    )


def count_words(text: str) -> int:
    """As the page counts while it is typed: runs without white space that hold a letter or a digit."""
    return sum(bool(re.search(r"[^\W_]", word)) for word in text.split())
