"""The life of an item in four verbs: present, parse, score, feedback. Nothing here knows a database or a page."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.images.shown import ShownPictures
from questionbank.items.feedback import Feedback
from questionbank.items.outcome import ItemOutcome, Marking, Marks, ParseProblem
from questionbank.items.presentation import Presentation
from questionbank.rendering import plain, render
from questionbank.variant import Variant

#: What a learner answered, as JSON with neutral option ids: valid in every language, stored as it is.
Response = dict[str, Any]

#: The one form field of every item.
FIELD = "answer"


@dataclass(frozen=True)
class Item(ABC):
    question: QuestionDefinition
    variant: Variant
    #: Makes option tokens of this version unguessable from option ids.
    salt: str = ""

    type: ClassVar[str]
    #: PERSON and SANDBOX: `score` tells only whether there is an answer, `score_marked` what it is worth.
    needs_marking: ClassVar[Marking] = Marking.NONE
    #: Longer answers are refused, not cut.
    max_answer_chars: ClassVar[int] = 1000

    @abstractmethod
    def present(
        self, *, seed: int | str, language: str, response: Response | None = None
    ) -> Presentation: ...

    @abstractmethod
    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        """Reads the form field ``answer`` (a QueryDict, or a mapping to a text or a list of texts)."""

    @abstractmethod
    def score(self, response: Response | None) -> ItemOutcome: ...

    @abstractmethod
    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback: ...

    def score_marked(self, response: Response | None, marks: Marks) -> ItemOutcome:
        """What the answer is worth by these marks. ValueError: they are not marks of this item."""
        raise ValueError(f"a {self.type} item scores itself")

    def full_marks(self) -> Marks:
        """Marks that earn everything; empty where the item scores itself."""
        return {}

    def feedback_marked(
        self, response: Response | None, marks: Marks, *, seed: int | str, language: str
    ) -> Feedback:
        """As `feedback`, once the marks are there."""
        return self.feedback(response, seed=seed, language=language)

    @abstractmethod
    def is_blank(self, response: Response | None) -> bool: ...

    @abstractmethod
    def right_response(self) -> Response:
        """A response that earns full marks: for previews and for checking the item itself."""

    def text(self, language: str) -> tuple[str, QuestionText]:
        chosen = self.question.language_for(language)
        return chosen, self.question.texts[chosen]

    def render(self, source: str, language: str, *, inline: bool = False) -> str:
        pictures = self.pictures(language) if self.question.images else None
        return render(source, language, self.variant, inline=inline, pictures=pictures)

    def pictures(self, language: str) -> ShownPictures:
        return ShownPictures(self.question, self.variant, language)

    def plain(self, source: str, language: str) -> str:
        return plain(source, language, self.variant)


def submitted(form: Mapping[str, Any]) -> list[str]:
    """The texts sent for the answer field, in order; none when the field is absent."""
    getlist = getattr(form, "getlist", None)
    value = getlist(FIELD) if getlist else form.get(FIELD, [])
    return [value] if isinstance(value, str) else [str(each) for each in value]


def digest(*parts: object) -> str:
    return hashlib.blake2s("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()
