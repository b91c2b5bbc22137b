"""What the address of the list asks for. Unknown values mean nothing was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from prova.bank.figures import Figures
from questionbank.completeness import LanguageState
from questionbank.definition import LEVELS
from questionbank.selection import Selection
from questionbank.tags import folded

RELEVANCE, NEWEST, FACILITY, SLUG, TOPIC = "relevance", "newest", "facility", "slug", "topic"
SORTS = (RELEVANCE, NEWEST, FACILITY, SLUG, TOPIC)
NOWHERE = "none"  #: of `used`: in no quiz
MAX_ID_DIGITS = 18  #: more are no primary key of PostgreSQL
_PERCENT = 100.0


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Of what is known of the answers; a question without the figure lies outside every bound."""

    facility_from: float | None = None  #: 0 to 1
    facility_to: float | None = None
    discrimination_to: float | None = None  #: -1 to 1
    answers_from: int | None = None

    def __bool__(self) -> bool:
        return self != Bounds()

    def admit(self, figures: Figures) -> bool:
        bounds = (
            (figures.facility, self.facility_from, self.facility_to),
            (figures.discrimination, None, self.discrimination_to),
            (figures.answers, self.answers_from, None),
        )
        return all(_lies_within(value, low, high) for value, low, high in bounds)


def _lies_within(value: float | None, low: float | None, high: float | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


@dataclass(frozen=True, kw_only=True)
class Filters:
    query: str = ""
    language: str = ""  #: searched in; empty: in all
    selection: Selection = field(default_factory=Selection)
    state: str = ""  #: "stale:pt-br"
    used: str = ""  #: a quiz's primary key, or NOWHERE
    origin: str = ""
    author: str = ""  #: who published a version of it; a user name
    bounds: Bounds = Bounds()
    sort: str = TOPIC

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filters:
        asked = {name: text.replace("\0", "") for name, text in asked.items()}  # PostgreSQL knows no NUL
        query = asked.get("q", "").strip()
        sort = asked.get("sort", "")
        state = asked.get("state", "")
        level, used = asked.get("level", ""), asked.get("used", "")
        return cls(
            query=query,
            language=asked.get("in", ""),
            selection=Selection(
                topic=asked.get("topic", ""),
                level=level if level in LEVELS else "",
                item_type=asked.get("type", ""),
                parameterised={"yes": True, "no": False}.get(asked.get("parameterised", "")),
                texts=_texts(state),
                tags=(folded(asked["tag"]),) if folded(asked.get("tag", "")) else (),
                collection=asked.get("collection", ""),
            ),
            state=state if _texts(state) else "",
            used=used if used == NOWHERE or (used.isdecimal() and len(used) <= MAX_ID_DIGITS) else "",
            origin=asked.get("origin", ""),
            author=asked.get("author", "").replace("\0", ""),
            bounds=Bounds(
                facility_from=_share(asked.get("facility_from", "")),
                facility_to=_share(asked.get("facility_to", "")),
                discrimination_to=_number(asked.get("discrimination_to", "")),
                answers_from=_count(asked.get("answers_from", "")),
            ),
            sort=sort if sort in SORTS and (query or sort != RELEVANCE) else RELEVANCE if query else TOPIC,
        )

    @property
    def narrows(self) -> bool:
        return replace(self, sort=TOPIC) != Filters()

    @property
    def needs_figures(self) -> bool:
        """Of all questions, not only of those on the page."""
        return bool(self.bounds) or self.sort == FACILITY

    @property
    def has_more(self) -> bool:
        """Whether a filter of the second row is set."""
        selection = self.selection
        first = replace(
            self,
            sort=TOPIC,
            query="",
            language="",
            state="",
            selection=Selection(
                parameterised=selection.parameterised, tags=selection.tags, collection=selection.collection
            ),
        )
        return first != Filters()


def _texts(state: str) -> dict[str, str]:
    name, _colon, language = state.partition(":")
    return {language: name} if name in set(LanguageState) and language else {}


def _number(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) <= 1e6 else None


def _share(text: str) -> float | None:
    percent = _number(text.replace("%", ""))
    return None if percent is None else percent / _PERCENT


def _count(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() and len(text) < 8 else None
