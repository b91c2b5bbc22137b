"""The networks that the library compresses.

LeNet-300-100 and LeNet-5 as Caffe defines them and Han, Mao, Dally 2016 (arXiv:1510.00149, section 5.1) compress them: max
pooling, no activation behind a convolution, ReLU behind `ip1`. LeCun et al. 1998, who named LeNet-5, have a smaller one.
"""

from reference_impl.errors import OutOfRange
from reference_impl.networks.architecture import Architecture
from reference_impl.networks.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU

LENET_300_100 = Architecture(
    "lenet-300-100",
    (1, 28, 28),
    (
        Flatten(),
        Linear("ip1", 784, 300),
        ReLU(),
        Linear("ip2", 300, 100),
        ReLU(),
        Linear("ip3", 100, 10),
    ),
)

LENET_5 = Architecture(
    "lenet-5",
    (1, 28, 28),
    (
        Conv2d("conv1", 1, 20, kernel=5),
        MaxPool2d(2),
        Conv2d("conv2", 20, 50, kernel=5),
        MaxPool2d(2),
        Flatten(),
        Linear("ip1", 800, 500),
        ReLU(),
        Linear("ip2", 500, 10),
    ),
)

#: For the 8 x 8 digits; it learns them in seconds.
DIGITS_CNN = Architecture(
    "digits-cnn",
    (1, 8, 8),
    (
        Conv2d("conv1", 1, 16, kernel=3, padding=1),
        ReLU(),
        MaxPool2d(2),
        Conv2d("conv2", 16, 32, kernel=3, padding=1),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear("ip1", 128, 64),
        ReLU(),
        Linear("ip2", 64, 10),
    ),
)

ARCHITECTURES = {each.name: each for each in (LENET_300_100, LENET_5, DIGITS_CNN)}


def architecture_named(name: str) -> Architecture:
    """OutOfRange: there is none of this name."""
    if name not in ARCHITECTURES:
        raise OutOfRange(f"there is no network {name!r}, only {', '.join(ARCHITECTURES)}")
    return ARCHITECTURES[name]
