# reaches: the_file_and_its_program_are_small>=0.7
"""One weight in twelve is kept and trained to answer as the whole network does: the images need no labels. Eleven levels, then bz2."""

import bz2

import numpy as np

KEPT, LEVELS, STEPS, BATCH, RATE = (0.08, 0.13, 0.7), 5, 100, 100, 0.01


def run(layers, x):
    outputs = [x]
    for w, b in layers:
        outputs.append(np.maximum(x, 0) @ w.T + b)
        x = outputs[-1]
    return [np.maximum(x, 0) for x in outputs[:-1]] + [x]


def softened(logits):
    e = np.exp((logits - logits.max(axis=1, keepdims=True)) / 2)
    return e / e.sum(axis=1, keepdims=True)


def retrained(teacher, masks, images):
    """Adam on the divergence from the teacher's softened answers and a little on the logits; half of the images are shifted."""
    draw, side = np.random.RandomState(0), int(images.shape[1] ** 0.5)
    parameters = [p for (w, b), mask in zip(teacher, masks) for p in (w * mask, b.copy())]
    means, squares = ([np.zeros_like(p) for p in parameters] for _ in range(2))
    for step in range(1, STEPS + 1):
        x = images[draw.randint(0, len(images), BATCH)]
        if step % 2 and side * side == x.shape[1]:
            x = np.roll(x.reshape(-1, side, side), draw.randint(-1, 2, 2), (1, 2)).reshape(x.shape)
        layers = list(zip(parameters[::2], parameters[1::2]))
        outputs, wanted = run(layers, x), run(teacher, x)[-1]
        slope = (2 * (softened(outputs[-1]) - softened(wanted)) + 0.02 * (outputs[-1] - wanted)) / len(x)
        rate = RATE * (1 - step / (STEPS + 1)) * (1 - 0.99**step) ** 0.5 / (1 - 0.9**step)
        for i in (2, 1, 0):
            slopes = (slope.T @ outputs[i]) * masks[i], slope.sum(axis=0)
            slope = (slope @ parameters[2 * i]) * (outputs[i] > 0)
            for at, each in zip((2 * i, 2 * i + 1), slopes):
                means[at] += 0.1 * (each - means[at])
                squares[at] += 0.01 * (each * each - squares[at])
                parameters[at] = parameters[at] - rate * means[at] / (np.sqrt(squares[at]) + 1e-8)
    return list(zip(parameters[::2], parameters[1::2]))


def compress(weights, images):
    teacher = [(weights[f"ip{i}.weight"], weights[f"ip{i}.bias"]) for i in (1, 2, 3)]
    masks = []
    for (w, _), x, kept in zip(teacher, run(teacher, images), KEPT):
        seen = np.abs(w) * np.sqrt((x * x).mean(axis=0))
        masks.append((seen >= np.quantile(seen, 1 - kept)) & (w != 0))
    layers = retrained(teacher, masks, images.astype(np.float32))
    head, body, x = b"", b"", images
    for (w, b), mask in zip(layers, masks):
        step = np.float32(np.quantile(np.abs(w[mask]), 0.995) / LEVELS if mask.any() else 1)
        codes = np.clip(np.rint(w / step), -LEVELS, LEVELS)
        codes = np.where(mask & (codes == 0), np.sign(w), codes).astype(np.int8)
        b = (b + x.mean(axis=0) @ (w - codes * step).T).astype(np.float16)
        x = np.maximum(x @ (codes * step).T + b, 0)
        head += np.array(w.shape, np.uint16).tobytes() + step.tobytes() + b.tobytes()
        body += codes.tobytes()
    return bz2.compress(head + body)


def decompress(data):
    data, at, weights = bz2.decompress(data), 0, {}
    for i in (1, 2, 3):
        rows, columns = np.frombuffer(data, np.uint16, 2, at).tolist()
        step = np.frombuffer(data, np.float32, 1, at + 4)
        weights[f"ip{i}.weight"] = rows, columns, step
        weights[f"ip{i}.bias"] = np.frombuffer(data, np.float16, rows, at + 8).astype(np.float32)
        at += 8 + 2 * rows
    for i in (1, 2, 3):
        rows, columns, step = weights[f"ip{i}.weight"]
        weights[f"ip{i}.weight"] = (np.frombuffer(data, np.int8, rows * columns, at) * step).reshape(rows, columns)
        at += rows * columns
    return weights
