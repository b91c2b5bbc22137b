"""Points marked on a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from questionbank.definition import QuestionText
from questionbank.drawings import Frame
from questionbank.items import hotspot_view
from questionbank.items.base import Item, Response, submitted
from questionbank.items.feedback import Feedback
from questionbank.items.hotspot_areas import Area, areas
from questionbank.items.hotspot_parsing import Point, parse_points, typed_points
from questionbank.items.outcome import ItemOutcome, ItemVerdict, ParseProblem
from questionbank.items.partial_credit import Tally, all_or_nothing, net_correct
from questionbank.items.presentation import Presentation
from questionbank.pictures import HotspotDefinition


def _each_right(tally: Tally) -> float:
    return tally.right_chosen / tally.keys


@dataclass(frozen=True)
class Hotspot(Item):
    """A response is ``{"points": [[number, x, y], ...]}`` in the coordinates of the picture."""

    type: ClassVar[str] = "hotspot"
    #: Names of the scoring rules an author may choose from; the first is used where none is written.
    rules: ClassVar[tuple[str, ...]] = ("net_correct", "every_decision", "all_or_nothing")

    @property
    def spots(self) -> HotspotDefinition:
        if self.question.hotspot is None:
            raise ValueError(f"question {self.question.id} says nowhere what is to be marked")
        return self.question.hotspot

    @cached_property
    def frame(self) -> Frame:
        """Of the source language: names beside an axis take room, and no answer may depend on the language."""
        return self.frame_in(self.question.language_for(self.question.source_language))

    def frame_in(self, language: str) -> Frame:
        return self.pictures(language).frame(self.spots.picture)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        return self.areas_in(self.frame)

    def areas_in(self, frame: Frame) -> tuple[Area, ...]:
        return areas(self.spots.regions, frame, self.variant)

    @property
    def wanted(self) -> int:
        """Right regions to be marked for full marks; fewer than there are where fewer points may be set."""
        return min(self.spots.points, sum(region.correct for region in self.spots.regions))

    @property
    def rule(self) -> str:
        return self.question.scoring or self.rules[0]

    def present(self, *, seed: int | str, language: str, response: Response | None = None) -> Presentation:
        shown, text = self.text(language)
        return Presentation(
            type=self.type,
            language=shown,
            stem_html=self.render(text.stem, shown),
            scoring=self.rule,
            hotspot=hotspot_view.presented(self, self._points(response), text, shown),
        )

    def parse(self, form: Mapping[str, Any], *, language: str) -> Response | ParseProblem:
        """Reads `x1=0.25`, `y1=40` and so on."""
        points = parse_points(submitted(form), self.spots.points, self.frame, language)
        if isinstance(points, ParseProblem):
            return points
        return {"points": [[point.number, point.x, point.y] for point in points]}

    def answer_of(self, response: Response | None, language: str) -> list[str]:
        """What a form sends for the response."""
        typed = hotspot_view.typed_places(self.frame, self._points(response), language)
        return [text for number, x, y in typed for text in (f"x{number}={x}", f"y{number}={y}")]

    @staticmethod
    def typed(raw: Sequence[str]) -> dict[int, tuple[str, str]]:
        return typed_points(raw)

    def is_blank(self, response: Response | None) -> bool:
        return not self._points(response)

    def right_response(self) -> Response:
        right = [area for area in self.areas if area.correct][: self.wanted]
        points = [hotspot_view.point_in(self.frame, area, number) for number, area in enumerate(right, 1)]
        return {"points": [[point.number, point.x, point.y] for point in points]}

    def score(self, response: Response | None) -> ItemOutcome:
        points = self._points(response)
        if not points:
            return ItemOutcome(0.0, ItemVerdict.BLANK)
        hits = self.hits(points)
        fraction = self._fraction(hits)
        if fraction >= 1:
            verdict = ItemVerdict.RIGHT
        else:
            verdict = ItemVerdict.PARTLY if fraction > 0 else ItemVerdict.WRONG
        return ItemOutcome(fraction, verdict, regions=tuple(area.region if area else "" for area in hits))

    def hits(self, points: Sequence[Point]) -> list[Area | None]:
        """The region each point lies in: a right one that no earlier point took, else any other, else none."""
        taken: list[Area | None] = []
        for point in points:
            around = [area for area in self.areas if area.holds(self.frame.place(point.x, point.y))]
            fresh = [area for area in around if area.correct and area not in taken]
            candidates = fresh or [area for area in around if not area.correct] or around
            taken.append(candidates[0] if candidates else None)
        return taken

    def _fraction(self, hits: Sequence[Area | None]) -> float:
        found = {area.region for area in hits if area and area.correct}
        tally = Tally(
            options=len(self.areas),
            keys=self.wanted,
            right_chosen=min(len(found), self.wanted),
            # a second point in a region that is found already earns nothing and costs nothing
            wrong_chosen=sum(area is None or not area.correct for area in hits),
        )
        rules = {
            "net_correct": net_correct,
            "every_decision": _each_right,
            "all_or_nothing": all_or_nothing,
        }
        return rules[self.rule](tally)

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        shown, text = self.text(language)
        points = self._points(response)
        return Feedback(
            language=shown,
            outcome=self.score(response),
            answer_html=hotspot_view.places_html(self.frame, points, shown),
            right_answer_html=hotspot_view.places_html(
                self.frame, self._points(self.right_response()), shown
            ),
            explanation_html=self.render(text.explanation, shown),
            hotspot=hotspot_view.told(self, points, text, shown),
        )

    def message(self, region: str, text: QuestionText, language: str) -> str:
        written = text.regions.get(region, "")
        return self.render(written, language) if written else ""

    @staticmethod
    def _points(response: Response | None) -> list[Point]:
        return [Point(*point) for point in (response or {}).get("points", [])]
