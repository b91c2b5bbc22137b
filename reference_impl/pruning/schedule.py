"""How much is pruned at which training step."""

from math import sqrt

from reference_impl.reals import refuse_outside


def cubic_sparsity(step: float, *, initial: float, final: float, start: float, end: float) -> float:
    """Fast at first, slower as fewer weights are left; constant outside start ... end (arXiv:1710.01878, eq. 1).

    In the paper's letters: initial s_i, final s_f, start t_0, end t_0 + n dt. Both sparsities in one unit, shares or per
    cent. OutOfRange: an end that is not after the start.
    """
    refuse_outside(end - start, 5e-324, float("inf"), "end - start")
    progress = min(max((step - start) / (end - start), 0.0), 1.0)
    return final + (initial - final) * (1 - progress) ** 3


def density_after_rounds(share_removed: float, rounds: int) -> float:
    """What is left when each round removes a share of what the round before left."""
    refuse_outside(share_removed, 0.0, 1.0, "the share removed")
    return (1 - share_removed) ** rounds


def retraining_dropout(dropout: float, density: float) -> float:
    """Dropout ratio for retraining a layer of which `density` of the connections survive (arXiv:1506.02626, eq. 2)."""
    refuse_outside(density, 0.0, 1.0, "density")
    return dropout * sqrt(density)
