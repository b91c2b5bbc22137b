"""How small a network gets, and what it still knows: bytes are counted and images classified here.

The images are the 500 on which the network was not trained. Networks nobody has seen are the same one with its units and
classes in another order and, half of the time, for mirrored images: what is written about the known network into a
program is of no use for them.
"""

from pathlib import Path

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.failures import CodeFailed, WrongAnswer
from grader.metrics import accuracy_drop, compression_ratio
from grader.strategies import arrays, integers, multiples, one_of, sampled_from
from reference_impl.datasets.dataset import network_inputs
from reference_impl.networks import DIGITS_CNN, forward
from reference_impl.shipped import dense_network

NETWORK = dense_network("digits-cnn")
with np.load(Path(__file__).with_name("data.npz")) as DATA:
    IMAGES = network_inputs(DATA["images"], 16).reshape(-1, 1, 8, 8)
    LABELS = DATA["labels"].astype(np.int64)
MOST_LOST = 1.0  #: percentage points


def size_bytes(weights):
    return sum(w.nbytes for w in weights.values())


def classes(weights, images):
    return forward(DIGITS_CNN, weights, images).argmax(axis=1)


def there_and_back(solution, weights):
    """The bytes, and the weights that a fresh session makes of them; names, shapes and types are right."""
    stored = expect.blob(solution.compress(weights))
    try:
        got = solution.anew().decompress(stored)
    except CodeFailed as failed:
        raise remembers(solution, stored) or failed from None
    expect.that(got is not None, "returned_nothing")
    expect.that(isinstance(got, dict), "weights_not_a_dict", got=type(got).__name__)
    missing = [name for name in weights if name not in got]
    expect.that(not missing, "layer_missing", layer=missing[0] if missing else "")
    for name, w in weights.items():
        expect.array(got[name], w.shape)
        expect.dtype(got[name], "float32")
    return stored, {name: got[name] for name in weights}


def remembers(solution, stored):
    """Where the first session can do what a fresh one cannot, something was kept outside the bytes."""
    try:
        solution.decompress(stored)
    except CodeFailed:
        return None
    return WrongAnswer("remembers_instead_of_storing")


def lost(weights, restored, images, labels):
    return accuracy_drop(classes(restored, images), labels, before=classes(weights, images))


@check(points=4)
def the_weights_come_back(solution):
    there_and_back(solution, NETWORK)


@check(points=3, curve=[[1.0, 1], [8.0, 0]], depends_on="the_weights_come_back")
def the_network_keeps_its_accuracy(solution):
    _, restored = there_and_back(solution, NETWORK)
    expect.metric(lost(NETWORK, restored, IMAGES, LABELS))


@check(points=4, curve=[[2.0, 0], [4.0, 0.4], [7.0, 1]], depends_on="the_weights_come_back")
def the_file_is_small(solution):
    stored, restored = there_and_back(solution, NETWORK)
    small_enough(stored, NETWORK, lost(NETWORK, restored, IMAGES, LABELS))


def small_enough(stored, weights, drop):
    expect.at_most(drop.low, MOST_LOST, key="loses_accuracy")
    expect.metric(compression_ratio(stored, original_bytes=size_bytes(weights)))


QUARTERS = multiples(0.25, -40, 40)
UNUSUAL = one_of(
    arrays(QUARTERS, shape=(3, 4)),
    arrays(sampled_from([0.0]), shape=(2, 3, 3)),
    arrays(QUARTERS, shape=(1, 1)).map(lambda one: np.repeat(one, 6, axis=0)),
    arrays(QUARTERS, shape=(1, 1)),
    arrays(QUARTERS, max_size=5),
)


@check(points=2, examples=20)
@given(first=UNUSUAL, second=UNUSUAL)
def unusual_layers_survive(solution, first, second):
    """Constant, of zeros, of one weight: no worse than if every layer had two levels, its smallest and its largest weight."""
    layers = {"first": first, "second": second}
    _, restored = there_and_back(solution, layers)
    for name, w in layers.items():
        apart = float(np.ptp(w))
        expect.within(
            restored[name], w, 0.51 * apart + 0.01 * float(np.abs(w).max()) + 1e-6, key="far_from_the_weight"
        )


# ---------------------------------------------------------------- networks nobody has seen


def in_another_order(seed):
    """Weights, images and labels: the known network with units, classes and, perhaps, left and right exchanged."""
    draw = np.random.RandomState(seed)
    one, two, three, order = (draw.permutation(count) for count in (16, 32, 64, 10))
    step = -1 if draw.randint(2) else 1
    w = NETWORK
    columns = w["ip1.weight"].reshape(64, 32, 2, 2)[:, two][..., ::step]
    weights = {
        "conv1.weight": w["conv1.weight"][one][..., ::step],
        "conv1.bias": w["conv1.bias"][one],
        "conv2.weight": w["conv2.weight"][two][:, one][..., ::step],
        "conv2.bias": w["conv2.bias"][two],
        "ip1.weight": columns.reshape(64, 128)[three],
        "ip1.bias": w["ip1.bias"][three],
        "ip2.weight": w["ip2.weight"][order][:, three],
        "ip2.bias": w["ip2.bias"][order],
    }
    weights = {name: np.ascontiguousarray(part) for name, part in weights.items()}
    return weights, IMAGES[..., ::step], np.argsort(order)[LABELS]


@check(points=4, visible=False, examples=2, curve=[[2.0, 0], [4.0, 0.4], [7.0, 1]])
@given(seed=integers(0, 2**31))
def networks_nobody_has_seen_get_small(solution, seed):
    weights, images, labels = in_another_order(seed)
    stored, restored = there_and_back(solution, weights)
    small_enough(stored, weights, lost(weights, restored, images, labels))
