# fails: sparsity_follows_the_cube[frozen_between_pruning_steps]
"""The sparsity of the last mask."""


def sparsity_at(t, s_i, s_f, t0, n, dt):
    p = min(max((t - t0) // dt / n, 0.0), 1.0)
    return s_f + (s_i - s_f) * (1 - p) ** 3


def pruning_steps(t0, n, dt):
    return [t0 + k * dt for k in range(n + 1)]


def weights_to_remove(size, s_i, s_f, n):
    gone, counts = 0, []
    for k in range(n + 1):
        now = round(size * sparsity_at(k, s_i, s_f, 0, n, 1))
        counts.append(now - gone)
        gone = now
    return counts


def rounds_to_reach(sparsity, share):
    left, rounds = 1.0, 0
    while 1 - left < sparsity:
        left *= 1 - share
        rounds += 1
    return rounds
