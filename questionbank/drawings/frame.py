"""The coordinates of a picture: of a plot its axes, of a stored picture percent of its sides."""

from __future__ import annotations

from dataclasses import dataclass

from questionbank.drawings.scale import Scale

WIDTH = 400.0


@dataclass(frozen=True)
class Frame:
    width: float
    height: float
    across: Scale
    #: Downwards in a stored picture, upwards in most plots.
    up: Scale

    @classmethod
    def of_stored_picture(cls, width: int, height: int) -> Frame:
        """Percent of both sides, from the upper left corner."""
        tall = WIDTH * height / width
        return cls(WIDTH, tall, Scale(0, 100, 0, WIDTH), Scale(0, 100, 0, tall))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """In units of the view box."""
        return self.across.at(x), self.up.at(y)

    def holds(self, x: float, y: float) -> bool:
        return self.across.holds(x) and self.up.holds(y)
