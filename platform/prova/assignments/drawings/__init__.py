"""Pictures of a report as numbers for templates: SVG in the colours of the page, and the same as a table. Pure."""

from grader.picture import Picture, Staircase, WeightHistogram
from prova.assignments.drawings.code_lengths import CodeLengthsDrawing, draw_code_lengths
from prova.assignments.drawings.histogram import HistogramDrawing, draw_histogram
from prova.assignments.drawings.points_curve import PointsCurve, draw_points_curve
from prova.assignments.drawings.staircase import StaircaseDrawing, draw_staircase

Drawing = StaircaseDrawing | HistogramDrawing | CodeLengthsDrawing

__all__ = ["Drawing", "PointsCurve", "draw_picture", "draw_points_curve"]


def draw_picture(picture: Picture, language: str) -> Drawing:
    if isinstance(picture, Staircase):
        return draw_staircase(picture, language)
    if isinstance(picture, WeightHistogram):
        return draw_histogram(picture, language)
    return draw_code_lengths(picture, language)
