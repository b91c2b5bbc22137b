import numpy as np


def train(images: np.ndarray, labels: np.ndarray, teacher_logits: np.ndarray) -> list[tuple]:
    """Return the layers of a trained student, from the image to ten logits, with their weights as arrays."""
    raise NotImplementedError
