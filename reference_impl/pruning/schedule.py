"""How much is pruned at which training step."""

from math import inf, sqrt

from reference_impl.reals import refuse_outside, whole_number


def cubic_sparsity(step: float, *, initial: float, final: float, start: float, end: float) -> float:
    """Fast at first, slower as fewer weights are left; constant outside start ... end (arXiv:1710.01878, eq. 1).

    In the paper's letters: initial s_i, final s_f, start t_0, end t_0 + n dt. Both sparsities in one unit, shares or per
    cent. The paper prunes at every dt-th step only; here each step has its own value, as in torch's CubicSL. OutOfRange:
    an end that is not after the start, NaN or infinity anywhere.
    """
    for number, name in (
        (step, "step"),
        (initial, "initial"),
        (final, "final"),
        (start, "start"),
        (end, "end"),
    ):
        refuse_outside(number, -inf, inf, name)
    step, start, end = float(step), float(start), float(end)
    refuse_outside(end - start, 5e-324, inf, "end - start")
    progress = min(max((step - start) / (end - start), 0.0), 1.0)
    reached = final + (initial - final) * (1 - progress) ** 3
    # rounding must not lead out of the range, where no mask is
    return min(max(reached, min(initial, final)), max(initial, final))


def density_after_rounds(share_removed: float, rounds: int) -> float:
    """What is left when each round removes a share of what the round before left. OutOfRange."""
    refuse_outside(share_removed, 0.0, 1.0, "the share removed")
    return float((1 - share_removed) ** whole_number(rounds, 0, 2**63, "the number of rounds"))


def retraining_dropout(dropout: float, density: float) -> float:
    """Dropout ratio for retraining a layer of which `density` of the connections survive (arXiv:1506.02626, eq. 2).

    OutOfRange: a dropout ratio or a density outside 0 ... 1.
    """
    refuse_outside(dropout, 0.0, 1.0, "the dropout ratio")
    refuse_outside(density, 0.0, 1.0, "density")
    return dropout * sqrt(density)
