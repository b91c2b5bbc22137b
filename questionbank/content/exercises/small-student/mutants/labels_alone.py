# fails: the_student_reads_digits<0.4, the_student_is_smaller_still[reads_badly]
"""The teacher is not asked."""

import numpy as np

RANK = 6


def train(images, labels, teacher_logits):
    """Least squares on the teacher's logits, cut to a low rank."""
    x = images.reshape(len(images), -1).astype(np.float64)
    seen = labels >= 0
    if seen.any():
        x, teacher_logits = x[seen], 9 * np.eye(10)[labels[seen]]
    y = teacher_logits - teacher_logits.mean(axis=1, keepdims=True)
    x0, y0 = x.mean(axis=0), y.mean(axis=0)
    whole = np.linalg.solve((x - x0).T @ (x - x0) + 3 * np.eye(x.shape[1]), (x - x0).T @ (y - y0))
    _, _, directions = np.linalg.svd((x - x0) @ whole, full_matrices=False)
    w2 = directions[:RANK].T.astype(np.float32)
    w1 = (whole @ w2).T.astype(np.float32)
    b1, b2 = (-w1 @ x0).astype(np.float32), y0.astype(np.float32)
    return [("flatten",), ("linear", w1, b1), ("linear", w2, b2)]
