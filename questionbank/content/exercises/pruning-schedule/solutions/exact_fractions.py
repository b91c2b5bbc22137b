"""The cube multiplied out, in exact fractions, and what is left instead of what is gone."""

from fractions import Fraction
from itertools import accumulate, count, pairwise, repeat


def sparsity_at(t, s_i, s_f, t0, n, dt):
    return float(_share(Fraction(t - t0, n * dt), s_i, s_f))


def pruning_steps(t0, n, dt):
    return list(accumulate(repeat(dt, n), initial=t0))


def weights_to_remove(size, s_i, s_f, n):
    left = [size - round(size * _share(Fraction(k, n), s_i, s_f)) for k in range(n + 1)]
    return [before - after for before, after in pairwise([size, *left])]


def rounds_to_reach(sparsity, share):
    left = Fraction(1) - Fraction(share)
    return next(r for r in count() if 1 - left**r >= Fraction(sparsity))


def _share(progress, s_i, s_f):
    p = min(max(progress, Fraction(0)), Fraction(1))
    return Fraction(s_i) + (Fraction(s_f) - Fraction(s_i)) * (3 * p - 3 * p**2 + p**3)
