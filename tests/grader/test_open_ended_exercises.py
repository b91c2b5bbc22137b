"""Laws of what open-ended exercises measure with: networks nobody has seen, layers that learners hand in, turned images."""

from typing import Any

import numpy as np
import pytest
import torch

from grader.checks import load_checks
from grader.exercise import EXERCISES_FOLDER, read_exercise


def names_of(slug: str) -> dict[str, Any]:
    """What checks.py defines."""
    return load_checks(read_exercise(EXERCISES_FOLDER / slug))[0].function.__globals__


@pytest.fixture(scope="module")
def challenge() -> dict[str, Any]:
    return names_of("compression-challenge")


@pytest.fixture(scope="module")
def student() -> dict[str, Any]:
    return names_of("small-student")


@pytest.mark.parametrize("seed", range(3))
def test_a_network_nobody_has_seen_reads_its_images_with_units_and_classes_exchanged(
    challenge: dict[str, Any], seed: int
) -> None:
    weights, unlabelled, images, labels = challenge["unseen"](seed)

    right = challenge["classes"](weights, images) == labels

    assert right.mean() > 0.98
    assert unlabelled.shape == challenge["UNLABELLED"].shape
    assert not any(np.array_equal(weights[name], w) for name, w in challenge["KNOWN"].items())
    assert {name: w.shape for name, w in weights.items()} == {
        name: w.shape for name, w in challenge["KNOWN"].items()
    }


def test_a_square_is_laid_in_eight_ways(challenge: dict[str, Any]) -> None:
    square = np.arange(9).reshape(3, 3)

    ways = {challenge["laid"](square, way).tobytes() for way in range(8)}

    assert len(ways) == 8


def test_the_teacher_as_layers_has_its_own_cost_and_answers(student: dict[str, Any]) -> None:
    w, images = student["TEACHER"], student["TEST"][:40]
    layers: list[tuple[Any, ...]] = []
    for name in ("conv1", "conv2"):
        layers += [("conv", w[f"{name}.weight"], w[f"{name}.bias"], 1, 1), ("relu",), ("max_pool", 2)]
    layers += [("flatten",), ("linear", w["ip1.weight"], w["ip1.bias"]), ("relu",)]
    layers += [("linear", w["ip2.weight"], w["ip2.bias"])]

    shape, macs = (1, 8, 8), 0
    for number, (kind, *given) in enumerate(layers):
        _, shape, cost = student["READERS"][kind](number, tuple(given), shape)
        macs += cost

    assert (shape, macs, student["TEACHER_PARAMETERS"]) == ((10,), 91_776, 13_706)
    answers = student["forward"](student["DIGITS_CNN"], w, images[:, None])
    np.testing.assert_allclose(student["logits_of"](layers, images), answers, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("groups", "stride", "padding"), [(1, 1, 0), (2, 2, 1), (4, 1, 2), (4, 3, 4)])
def test_convolutions_of_a_student_are_those_of_torch(
    student: dict[str, Any], groups: int, stride: int, padding: int
) -> None:
    draw = np.random.RandomState(0)
    first = draw.normal(size=(4, 1, 3, 3)).astype(np.float32), np.zeros(4, np.float32), 1, 1
    weight = draw.normal(size=(8, 4 // groups, 3, 3)).astype(np.float32)
    bias = draw.normal(size=8).astype(np.float32)
    layers = [("conv", *first), ("conv", weight, bias, stride, padding), ("mean_pool", 1)]
    images = student["TEST"][:3]

    x = torch.nn.functional.conv2d(torch.tensor(images[:, None]), torch.tensor(first[0]), padding=1)
    wanted = torch.nn.functional.conv2d(
        x, torch.tensor(weight), torch.tensor(bias), stride=stride, padding=padding, groups=groups
    )
    got = student["logits_of"](layers, images)

    np.testing.assert_allclose(got, wanted.numpy(), rtol=1e-4, atol=1e-4)
    _, shape, _ = student["READERS"]["conv"](1, (weight, bias, stride, padding), (4, 8, 8))
    assert got.shape[1:] == shape


def test_images_turned_by_quarters_are_the_same_pixels_elsewhere(student: dict[str, Any]) -> None:
    images, turned = student["TEST"][:5], student["turned"]

    np.testing.assert_allclose(turned(images, 0, 0), images, atol=1e-6)
    np.testing.assert_allclose(turned(images, 0, 1), images[..., ::-1], atol=1e-6)
    quarters = [np.rot90(images, ways, axes=(1, 2)) for ways in (1, 3)]
    assert any(np.allclose(turned(images, 90, 0), quarter, atol=1e-6) for quarter in quarters)
    assert 0.9 < turned(images, 30, 0).sum() / images.sum() <= 1.01


def test_a_task_has_as_many_labels_as_the_statement_says(student: dict[str, Any]) -> None:
    labels = student["some_labels"](student["TRAIN_LABELS"], seed=3)

    known = labels >= 0
    assert (known.sum(), len(labels)) == (130, 1297)
    assert np.array_equal(labels[known], student["TRAIN_LABELS"][known])
