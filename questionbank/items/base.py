"""The life of an item in four verbs: present, parse, score, feedback. Nothing here knows a database or a page."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.images.shown import ShownPictures
from questionbank.items.hotspot_pages import HotspotFeedback, PresentedHotspot
from questionbank.items.output_lines import DiffLine
from questionbank.marked import WordLimits
from questionbank.rendering import plain, render
from questionbank.typed import DigitsDefinition, TextRules
from questionbank.variant import Variant

#: What a learner answered, as JSON with neutral option ids: valid in every language, stored as it is.
Response = dict[str, Any]

#: The one form field of every item.
FIELD = "answer"


class ItemVerdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    #: Nothing was answered; earns 0 under every scoring rule.
    BLANK = "blank"
    #: Answered, and still to be marked by a person or in the sandbox; 0 meanwhile.
    PENDING = "pending"


class Marking(StrEnum):
    """Who says what an answer is worth, where the item itself cannot."""

    NONE = ""
    PERSON = "person"
    SANDBOX = "sandbox"


#: What was said of one answer, as JSON. Free text: criterion id -> level id. Code: check -> [points, most].
Marks = Mapping[str, Any]


@dataclass(frozen=True)
class PresentedOption:
    #: Form value. Says nothing about the option's id, which may name the mistake it stands for.
    token: str
    text_html: str
    chosen: bool


@dataclass(frozen=True)
class RowChoice:
    #: Form value; names its row too, and says nothing about the ids of either.
    value: str
    #: Without markup; empty for a formula, which the page lists apart.
    label: str
    chosen: bool


@dataclass(frozen=True)
class PresentedRow:
    text_html: str
    choices: tuple[RowChoice, ...]

    @property
    def is_open(self) -> bool:
        return not any(choice.chosen for choice in self.choices)


@dataclass(frozen=True)
class PresentedGap:
    #: End of the form field's name: "g1".
    field: str
    #: Place in the text as it is read in this language, from 1 on.
    number: int
    #: text | number | choice
    kind: str
    unit: str
    #: As typed.
    text: str
    #: How a number was read, where that may surprise; or why it could not be.
    reading: str
    problem: str
    choices: tuple[RowChoice, ...]
    is_open: bool


@dataclass(frozen=True)
class StemPiece:
    """HTML up to a gap; the elements it opens may close in a later piece."""

    html: str
    #: None: the last piece.
    gap: PresentedGap | None


@dataclass(frozen=True)
class Presentation:
    """What a learner may see before the feedback policy allows more: never the key."""

    type: str
    #: The language the whole item is in; may differ from the asked one where a text is missing.
    language: str
    stem_html: str
    options: tuple[PresentedOption, ...] = ()
    #: Several options may be chosen.
    multiple: bool = False
    #: Numeric items: the unit shown beside the field.
    unit: str = ""
    #: Numeric items: the saved answer as it was typed, and how it was read where that may surprise.
    answer_text: str = ""
    reading: str = ""
    #: Row items: what is answered one by one, and the name of the rule that scores it.
    rows: tuple[PresentedRow, ...] = ()
    scoring: str = ""
    #: Matching items: what the rows are matched with, in the order of every row's choices.
    choices_html: tuple[str, ...] = ()
    #: Ordering items: places given to more than one step.
    repeated: tuple[str, ...] = ()

    #: Free-text items: how long the answer should be.
    words: WordLimits | None = None
    #: Code items: what the field holds before anything is answered.
    starter: str = ""

    #: Gaps: the stem cut at them; `stem_html` has numbers in their places.
    pieces: tuple[StemPiece, ...] = ()
    #: Short answers and gaps: what does not count in a typed text.
    text_rules: TextRules | None = None
    #: Code reading: the program whose output is asked for.
    code_html: str = ""
    #: Numeric items: units that are understood, whether one must be typed, and how many digits.
    units: tuple[str, ...] = ()
    unit_required: bool = False
    digits: DigitsDefinition | None = None
    #: Hotspot items: the picture and the points set on it.
    hotspot: PresentedHotspot | None = None

    @property
    def gaps(self) -> tuple[PresentedGap, ...]:
        return tuple(piece.gap for piece in self.pieces if piece.gap)

    @property
    def open_rows(self) -> int:
        """Rows or gaps that are not answered yet."""
        return sum(row.is_open for row in self.rows) + sum(gap.is_open for gap in self.gaps)


@dataclass(frozen=True)
class ParseProblem:
    """An answer that cannot be stored; the learner's turn. Text: questionbank.items.messages.explain."""

    message: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemOutcome:
    #: 0 to 1.
    fraction: float
    verdict: ItemVerdict
    #: Ids of the chosen options; choice items.
    chosen: tuple[str, ...] = ()
    #: The known mistake that gives exactly this answer; numeric items.
    slip: str | None = None
    #: Ids of the rows answered right; row items.
    right_rows: tuple[str, ...] = ()
    #: What a person or the sandbox said; items that need marking, once it is said.
    marks: Marks = field(default_factory=dict)
    #: Hotspot items: the region each point lies in, in the order of the points; empty where it lies in none.
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionFeedback:
    token: str
    text_html: str
    explanation_html: str
    correct: bool
    chosen: bool


@dataclass(frozen=True)
class RowFeedback:
    text_html: str
    explanation_html: str
    #: Empty when the row was left open.
    answer_html: str
    right_html: str
    #: right | wrong | blank
    verdict: ItemVerdict


@dataclass(frozen=True)
class LevelFeedback:
    id: str
    text_html: str
    points: float
    chosen: bool


@dataclass(frozen=True)
class CriterionFeedback:
    """A line of the rubric, with the level that was given; none before it is marked."""

    id: str
    text_html: str
    levels: tuple[LevelFeedback, ...]


@dataclass(frozen=True)
class Feedback:
    """What a learner may see once the policy allows it."""

    language: str
    outcome: ItemOutcome
    #: The answer given, as a reader sees it; empty when blank.
    answer_html: str
    #: The right answer; several options are joined by a semicolon.
    right_answer_html: str
    explanation_html: str
    #: In the presented order.
    options: tuple[OptionFeedback, ...] = ()
    #: The call-out for the known mistake behind a wrong number.
    slip_html: str = ""
    #: Row items and gaps, in the presented order.
    rows: tuple[RowFeedback, ...] = ()
    #: Free-text items: the rubric.
    criteria: tuple[CriterionFeedback, ...] = ()
    #: Code reading: the expected output beside the given one.
    diff: tuple[DiffLine, ...] = ()
    hotspot: HotspotFeedback | None = None


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
