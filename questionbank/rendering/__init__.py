"""From authored texts to what a reader sees; no Django."""

from questionbank.rendering.markup import Parts, parts_of, plain, render
from questionbank.rendering.problem import RenderingProblem

__all__ = ["Parts", "RenderingProblem", "parts_of", "plain", "render"]
