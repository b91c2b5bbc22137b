"""Depth first, best choice first. A branch is cut where even the straight lines under the other layers' losses, which
may be followed to any fraction of a choice, do not lead below the best allocation found so far."""


def size_bits(sizes, bits):
    return sum(map(int.__mul__, sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return min([-b for b in choices if sum(sizes) * b <= budget_bits]) * -1


def assign_bits(sensitivity, sizes, budget_bits, choices):
    order = sorted(range(len(sizes)), key=lambda i: -sizes[i])
    layers = [[(sizes[i] * b, float(s), b) for b, s in zip(choices, sensitivity[i])] for i in order]
    hulls = [_hull(layer) for layer in layers]
    starts = [sum(hull[0][0] for hull in hulls[k:]) for k in range(len(layers) + 1)]
    floors = [sum(hull[0][1] for hull in hulls[k:]) for k in range(len(layers) + 1)]
    steps = [sorted(step for hull in hulls[k:] for step in hull[1]) for k in range(len(layers) + 1)]
    best = [float("inf"), None]

    def bound(k, room):
        loss, room = floors[k], room - starts[k]
        for slope, width in steps[k]:  # steepest first
            if room <= 0:
                break
            loss += slope * min(width, room)
            room -= width
        return loss

    def descend(k, room, loss, bits):
        if room < starts[k] or loss + bound(k, room) >= best[0] - 1e-12 * abs(best[0]) and best[1]:
            return
        if k == len(layers):
            best[:] = loss, bits
            return
        for size, more, b in sorted(layers[k], key=lambda choice: choice[1]):
            descend(k + 1, room - size, loss + more, [*bits, b])

    descend(0, budget_bits, 0.0, [])
    if best[1] is None:
        raise ValueError("no allocation fits")
    bits = [0] * len(sizes)
    for i, b in zip(order, best[1]):
        bits[i] = b
    return bits


def _hull(layer):
    """The smallest choice, and the falling straight lines (slope, width) under all of them."""
    start, *rest = points = [(size, loss) for size, loss, _ in layer]
    if start[0] == points[-1][0]:  # no weights: all choices cost the same
        return (start[0], min(loss for _, loss in points)), []
    at, lines = start, []
    while True:
        down = [((loss - at[1]) / (size - at[0]), size) for size, loss in rest if size > at[0] and loss < at[1]]
        if not down:
            return start, lines
        slope, size = min(down)
        lines.append((slope, size - at[0]))
        at = next(point for point in points if point[0] == size)
