# reaches: the_student_reads_digits>=0.3, the_student_is_smaller_still>=0.1
"""64 pixels, six hidden units, ten logits: gradients by hand, Adam, and the teacher's softened answers."""

import numpy as np

HIDDEN, STEPS, BATCH, RATE, TEMPERATURE = 6, 1500, 128, 0.01, 3.0


def softened(logits):
    e = np.exp((logits - logits.max(axis=1, keepdims=True)) / TEMPERATURE)
    return e / e.sum(axis=1, keepdims=True)


def train(images, labels, teacher_logits):
    draw = np.random.RandomState(0)
    x = images.reshape(len(images), -1)
    wanted = softened(teacher_logits)
    parameters = [
        draw.normal(0, 0.1, (HIDDEN, x.shape[1])),
        np.full(HIDDEN, 0.5),
        draw.normal(0, 0.5, (10, HIDDEN)),
        np.zeros(10),
    ]
    means, squares = ([np.zeros_like(p) for p in parameters] for _ in range(2))
    for step in range(1, STEPS + 1):
        batch = draw.randint(0, len(x), BATCH)
        w1, b1, w2, b2 = parameters
        hidden = np.maximum(x[batch] @ w1.T + b1, 0)
        slope = (softened(hidden @ w2.T + b2) - wanted[batch]) * TEMPERATURE / BATCH
        below = (slope @ w2) * (hidden > 0)
        slopes = below.T @ x[batch], below.sum(axis=0), slope.T @ hidden, slope.sum(axis=0)
        rate = RATE * min(step / 200, 1 - step / (STEPS + 1)) * (1 - 0.99**step) ** 0.5 / (1 - 0.9**step)
        for i, each in enumerate(slopes):
            means[i] += 0.1 * (each - means[i])
            squares[i] += 0.01 * (each * each - squares[i])
            parameters[i] = parameters[i] - rate * means[i] / (np.sqrt(squares[i]) + 1e-8)
    w1, b1, w2, b2 = (p.astype(np.float32) for p in parameters)
    return [("flatten",), ("linear", w1, b1), ("relu",), ("linear", w2, b2)]
