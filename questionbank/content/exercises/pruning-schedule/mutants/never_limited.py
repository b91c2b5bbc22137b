# fails: sparsity_stays_before_and_after
"""Not limited at all."""


def sparsity_at(t, s_i, s_f, t0, n, dt):
    return s_f + (s_i - s_f) * (1 - (t - t0) / (n * dt)) ** 3


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
