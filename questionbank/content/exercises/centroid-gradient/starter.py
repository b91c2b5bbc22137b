import numpy as np


def shared_weights(codebook: np.ndarray, indices: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the weights: the shared value of each, and 0 where the mask is False."""
    raise NotImplementedError


def centroid_gradient(grad: np.ndarray, indices: np.ndarray, mask: np.ndarray, k: int) -> np.ndarray:
    """Return the gradient by each of the k shared values, given the gradient by each weight."""
    raise NotImplementedError


def loss_and_gradient(
    codebook: np.ndarray, indices: np.ndarray, mask: np.ndarray, x: np.ndarray, target: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the loss of the layer on this batch, and its gradient by each shared value."""
    raise NotImplementedError


def train_codebook(
    codebook: np.ndarray,
    indices: np.ndarray,
    mask: np.ndarray,
    x: np.ndarray,
    target: np.ndarray,
    learning_rate: float,
    steps: int,
) -> np.ndarray:
    """Return the codebook after so many steps of gradient descent; indices and mask stay as they are."""
    raise NotImplementedError
