"""Plots that questions show, made of numbers: SVG in the colours of the page, and the same as a table; no Django."""

from questionbank.drawings.frame import Frame
from questionbank.drawings.numbers import DrawingProblem
from questionbank.drawings.plot import Plot
from questionbank.drawings.registry import KINDS, draw

__all__ = ["KINDS", "DrawingProblem", "Frame", "Plot", "draw"]
