"""What a learner may see of a question before the feedback policy allows more."""

from __future__ import annotations

from dataclasses import dataclass

from questionbank.items.hotspot_pages import PresentedHotspot
from questionbank.marked import WordLimits
from questionbank.typed import DigitsDefinition, TextRules


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
