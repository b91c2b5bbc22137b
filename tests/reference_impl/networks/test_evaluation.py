"""Wrong answers are counted; what cannot be counted is refused."""

import numpy as np
import pytest
import torch

from reference_impl.datasets import Dataset, digits, network_inputs
from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.networks import (
    DIGITS_CNN,
    LENET_5,
    error_percent,
    forward,
    initial_parameters,
    wrong_count,
)
from reference_impl.networks.torch_module import initial_tensors, torch_forward

LOGITS = [[0.0, 1.0], [3.0, 2.0], [1.0, 1.0], [-5.0, -4.0]]


def test_of_equal_logits_the_first_is_the_answer() -> None:
    assert wrong_count(LOGITS, [1, 1, 0, 1]) == 1
    assert wrong_count(LOGITS, [1, 0, 1, 1]) == 1
    assert error_percent(LOGITS, [1, 1, 0, 1]) == 25.0


def test_of_no_images_none_is_wrong_but_there_is_no_share() -> None:
    assert wrong_count(np.zeros((0, 10)), np.zeros(0, dtype=int)) == 0
    with pytest.raises(EmptyInput):
        error_percent(np.zeros((0, 10)), np.zeros(0, dtype=int))


@pytest.mark.parametrize("labels", [[0, 1, 0], [[0], [1], [0], [1]], [0, 1, 0, 2], [0, -1, 0, 1]])
def test_labels_that_do_not_fit_are_refused(labels: list) -> None:
    with pytest.raises(OutOfRange):
        wrong_count(LOGITS, labels)


def test_logits_are_rows_with_a_value_for_each_class() -> None:
    with pytest.raises(OutOfRange):
        wrong_count([0.0, 1.0], [0, 1])
    with pytest.raises(OutOfRange):
        wrong_count(np.zeros((3, 0)), [0, 0, 0])
    with pytest.raises(WrongDtype):
        wrong_count(LOGITS, [0.0, 1.0, 0.0, 1.0])


def test_the_small_network_learns_the_digits() -> None:
    data, parameters = digits(), initial_tensors(DIGITS_CNN, seed=0)
    inputs, labels = (
        torch.tensor(network_inputs(data.train_images, data.peak)),
        torch.tensor(data.train_labels),
    )
    optimizer, order = torch.optim.Adam(parameters.values(), lr=3e-3), torch.Generator().manual_seed(0)
    for _ in range(10):
        for batch in torch.randperm(len(labels), generator=order).split(64):
            optimizer.zero_grad()
            logits = torch_forward(DIGITS_CNN, parameters, inputs[batch])
            torch.nn.functional.cross_entropy(logits, labels[batch]).backward()
            optimizer.step()
    learned = {name: values.detach().numpy() for name, values in parameters.items()}
    test = forward(DIGITS_CNN, learned, network_inputs(data.test_images, data.peak))
    assert error_percent(test, data.test_labels) <= 5.0


@pytest.mark.mnist
def test_a_network_that_learned_nothing_is_wrong_on_most_of_mnist(mnist: Dataset) -> None:
    logits = forward(LENET_5, initial_parameters(LENET_5, 0), network_inputs(mnist.test_images, mnist.peak))
    assert 7_000 < wrong_count(logits, mnist.test_labels) < 10_000
