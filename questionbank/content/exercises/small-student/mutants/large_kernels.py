# fails: the_student_keeps_to_its_budget[too_many_macs]
"""Kernels of 5 x 5 on the whole image."""

import numpy as np

RANK = 6


def train(images, labels, teacher_logits):
    """Least squares on the teacher's logits, cut to a low rank."""
    x = images.reshape(len(images), -1).astype(np.float64)
    y = teacher_logits - teacher_logits.mean(axis=1, keepdims=True)
    x0, y0 = x.mean(axis=0), y.mean(axis=0)
    whole = np.linalg.solve((x - x0).T @ (x - x0) + 3 * np.eye(x.shape[1]), (x - x0).T @ (y - y0))
    _, _, directions = np.linalg.svd((x - x0) @ whole, full_matrices=False)
    w2 = directions[:RANK].T.astype(np.float32)
    w1 = (whole @ w2).T.astype(np.float32)
    b1, b2 = (-w1 @ x0).astype(np.float32), y0.astype(np.float32)
    kernels = np.zeros((8, 1, 5, 5), np.float32)
    kernels[:, 0, 2, 2] = 1
    wide = np.zeros((10, 32), np.float32)
    return [("conv", kernels, np.zeros(8, np.float32), 1, 2), ("mean_pool", 4), ("flatten",), ("linear", wide[:, :8], b2)]
