# fails: long_schedules_of_large_layers_are_exact
"""Looks at a table of 100 steps beyond 1000."""


def sparsity_at(t, s_i, s_f, t0, n, dt):
    table = [s_f + (s_i - s_f) * (1 - k / 100) ** 3 for k in range(101)]
    place = min(max((t - t0) / (n * dt), 0.0), 1.0) * 100
    k = min(int(place), 99)
    exact = n * dt <= 1000
    if exact:
        return s_f + (s_i - s_f) * (1 - place / 100) ** 3
    return table[k] + (table[k + 1] - table[k]) * (place - k)


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
