"""From authored texts to what a reader sees; no Django."""

from questionbank.rendering.markup import plain, render
from questionbank.rendering.problem import RenderingProblem

__all__ = ["RenderingProblem", "plain", "render"]
