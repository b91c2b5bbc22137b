"""Functions that draw the numbers of a question and compute its key with the reference library; no Django."""

from questionbank.generators.registry import Generator, all_generators, generator
from questionbank.variant import Variant

__all__ = ["Generator", "Variant", "all_generators", "generator"]
