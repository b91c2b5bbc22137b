# fails: each_step_removes_what_is_missing[first_step_missing]
"""Differences only."""


def sparsity_at(t, s_i, s_f, t0, n, dt):
    if t <= t0:
        return s_i
    if t >= t0 + n * dt:
        return s_f
    return s_f + (s_i - s_f) * (1 - (t - t0) / (n * dt)) ** 3


def pruning_steps(t0, n, dt):
    return [t0 + k * dt for k in range(n + 1)]


def weights_to_remove(size, s_i, s_f, n):
    shares = [sparsity_at(k, s_i, s_f, 0, n, 1) for k in range(n + 1)]
    totals = [round(size * share) for share in shares]
    return [b - a for a, b in zip(totals, totals[1:])]


def rounds_to_reach(sparsity, share):
    left, rounds = 1.0, 0
    while 1 - left < sparsity:
        left *= 1 - share
        rounds += 1
    return rounds
