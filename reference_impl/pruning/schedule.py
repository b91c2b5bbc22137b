"""How much is pruned at which training step."""

from math import sqrt


def cubic_sparsity(step: float, *, initial: float, final: float, start: float, end: float) -> float:
    """Fast at first, slower as fewer weights are left; constant outside start … end (arXiv:1710.01878, eq. 1)."""
    progress = min(max((step - start) / (end - start), 0.0), 1.0)
    return final + (initial - final) * (1 - progress) ** 3


def density_after_rounds(share_removed: float, rounds: int) -> float:
    """What is left when each round removes a share of what the round before left."""
    return (1 - share_removed) ** rounds


def retraining_dropout(dropout: float, density: float) -> float:
    """Dropout ratio for retraining a layer of which `density` of the connections survive (arXiv:1506.02626, eq. 2)."""
    return dropout * sqrt(density)
