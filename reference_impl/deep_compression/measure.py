"""The error of a network that was read from a file."""

from reference_impl.datasets import Dataset, network_inputs
from reference_impl.deep_compression.stages import Parameters
from reference_impl.networks import architecture_named, forward, wrong_count

IMAGES_AT_ONCE = 1000


def error_on_test_images(network: str, parameters: Parameters, dataset: Dataset) -> float:
    """Of the test images, by the forward pass in numpy. Errors as `networks.forward`."""
    architecture = architecture_named(network)
    wrong = 0
    for start in range(0, len(dataset.test_images), IMAGES_AT_ONCE):
        part = slice(start, start + IMAGES_AT_ONCE)
        logits = forward(architecture, parameters, network_inputs(dataset.test_images[part], dataset.peak))
        wrong += wrong_count(logits, dataset.test_labels[part])
    return 100 * wrong / len(dataset.test_images)
