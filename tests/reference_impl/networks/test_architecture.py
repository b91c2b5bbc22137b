"""What follows from the layers alone: shapes, parameters, multiply-accumulates."""

import pytest

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.networks import (
    ARCHITECTURES,
    DIGITS_CNN,
    LENET_5,
    LENET_300_100,
    Architecture,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    architecture_named,
    layer_shapes,
    mac_counts,
    parameter_counts,
    parameter_shapes,
)


def test_lenet_300_100_has_the_parameters_of_the_paper() -> None:
    assert parameter_counts(LENET_300_100) == {"ip1": 235_500, "ip2": 30_100, "ip3": 1_010}
    assert sum(parameter_counts(LENET_300_100).values()) == 266_610


def test_lenet_5_has_the_parameters_of_the_paper() -> None:
    assert parameter_counts(LENET_5) == {"conv1": 520, "conv2": 25_050, "ip1": 400_500, "ip2": 5_010}
    assert sum(parameter_counts(LENET_5).values()) == 431_080


def test_parameters_have_the_names_and_the_layout_of_torch() -> None:
    assert parameter_shapes(LENET_5) == {
        "conv1.weight": (20, 1, 5, 5),
        "conv1.bias": (20,),
        "conv2.weight": (50, 20, 5, 5),
        "conv2.bias": (50,),
        "ip1.weight": (500, 800),
        "ip1.bias": (500,),
        "ip2.weight": (10, 500),
        "ip2.bias": (10,),
    }


def test_a_convolution_multiplies_at_every_place_of_its_output() -> None:
    assert mac_counts(LENET_5) == {
        "conv1": 20 * 25 * 24**2,
        "conv2": 50 * 20 * 25 * 8**2,
        "ip1": 400_000,
        "ip2": 5_000,
    }


def test_padding_keeps_the_side() -> None:
    assert layer_shapes(DIGITS_CNN)[:4] == [(1, 8, 8), (16, 8, 8), (16, 8, 8), (16, 4, 4)]


@pytest.mark.parametrize("architecture", ARCHITECTURES.values(), ids=lambda each: each.name)
def test_every_network_knows_ten_classes(architecture: Architecture) -> None:
    assert layer_shapes(architecture)[-1] == (10,)
    assert architecture_named(architecture.name) is architecture


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(OutOfRange, match="'alexnet', only lenet-300-100, lenet-5, digits-cnn"):
        architecture_named("alexnet")


@pytest.mark.parametrize(
    "layers",
    [
        (Linear("ip1", 16, 10),),
        (Flatten(), Linear("ip1", 15, 10)),
        (Conv2d("conv1", 3, 4, kernel=3),),
        (Conv2d("conv1", 1, 4, kernel=5),),
        (Flatten(), Conv2d("conv1", 1, 4, kernel=1)),
        (MaxPool2d(3),),
        (Flatten(), MaxPool2d(2)),
        (Flatten(), Linear("ip1", 16, 16), Linear("ip1", 16, 10)),
    ],
)
def test_layers_that_do_not_fit_are_refused(layers: tuple) -> None:
    with pytest.raises(OutOfRange):
        Architecture("odd", (1, 4, 4), layers)


@pytest.mark.parametrize("shape", [(), (4, 4), (1, 4, 5)])
def test_images_are_square(shape: tuple[int, ...]) -> None:
    with pytest.raises(OutOfRange, match="images are"):
        Architecture("odd", shape, (Flatten(),))


def test_a_size_is_a_whole_number_from_one_up() -> None:
    with pytest.raises(OutOfRange):
        Linear("ip1", 0, 10)
    with pytest.raises(OutOfRange):
        Conv2d("conv1", 1, 1, kernel=3, padding=-1)
    with pytest.raises(WrongDtype):
        MaxPool2d(2.0)  # type: ignore[arg-type]
