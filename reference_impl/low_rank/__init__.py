"""A matrix replaced by the product of two thin ones."""

from reference_impl.low_rank.break_even import break_even_rank, factor_parameters, largest_saving_rank
from reference_impl.low_rank.factors import Factors, factorise, rank_for_error, tail_error

__all__ = [
    "Factors",
    "break_even_rank",
    "factor_parameters",
    "factorise",
    "largest_saving_rank",
    "rank_for_error",
    "tail_error",
]
