"""How small LeNet-300-100 gets together with the program that reads it, and what it still knows.

What is written about the known network into a program is counted as if it stood in the file. Networks nobody has seen come
from another training run, with units, classes and the square of pixels in another order: they have to get about as small,
so that neither a stored network nor settings that fit one network only are ranked.

data.npz holds, of MNIST, 1000 training images and 1500 test images with their labels (`RandomState(2026)`: first the test
images, then the others, each the first of a permutation) in 16 grey levels, and a LeNet-300-100 that was trained on the
55,000 images of `validation_split` for 16 epochs (AdamW, weight decay 0.01, one cycle up to 0.002, batches of 128), each
layer in 255 steps.
"""

from functools import cache
from pathlib import Path

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.failures import CodeFailed, WrongAnswer
from grader.metrics import accuracy_drop, compression_ratio
from grader.strategies import integers
from reference_impl.networks import LENET_300_100, forward
from reference_impl.shipped import dense_network

KNOWN = dense_network("lenet-300-100")
with np.load(Path(__file__).with_name("data.npz")) as DATA:
    ARRAYS = dict(DATA)
PIXELS = 784
MOST_LOST = 0.5  #: percentage points
MOST_LOST_UNSEEN = 1.0  #: nobody can look how far a network goes that nobody has seen
SHARE_UNSEEN = 0.8  #: of the known network's ratio, program included, that another network must reach


def pixels(name):
    """Images as rows of float32 in 0 ... 1."""
    return (ARRAYS[name].reshape(-1, PIXELS) / 15).astype(np.float32)


UNLABELLED, IMAGES, LABELS = pixels("unlabelled"), pixels("images"), ARRAYS["labels"].astype(np.int64)


def size_bytes(weights):
    return sum(w.nbytes for w in weights.values())


def classes(weights, images):
    with np.errstate(all="ignore"):  # whatever the weights are, there is a first of the greatest logits
        return forward(LENET_300_100, weights, images.reshape(-1, 1, 28, 28)).argmax(axis=1)


@cache
def known_classes():
    return classes(KNOWN, IMAGES)


def there_and_back(solution, weights, images):
    """The bytes, and the weights that a fresh session makes of them; names, shapes and types are right."""
    first, stored = stored_by_a_fresh_program(solution, weights, images)
    try:
        got = solution.anew().decompress(stored)
    except CodeFailed as failed:
        raise remembers(first, stored) or failed from None
    expect.that(got is not None, "returned_nothing")
    expect.that(isinstance(got, dict), "weights_not_a_dict", got=type(got).__name__)
    missing = [name for name in weights if name not in got]
    expect.that(not missing, "layer_missing", layer=missing[0] if missing else "")
    for name, w in weights.items():
        expect.array(got[name], w.shape)
        expect.dtype(got[name], "float32")
    return stored, {name: got[name] for name in weights}


def stored_by_a_fresh_program(solution, weights, images):
    """Which networks were compressed before, and so which check this is, cannot be told in there."""
    first = solution.anew()
    return first, expect.blob(first.compress(weights, images))


def remembers(first, stored):
    """Where the first session can do what a fresh one cannot, something was kept outside the bytes."""
    try:
        first.decompress(stored)
    except CodeFailed:
        return None
    return WrongAnswer("remembers_instead_of_storing")


def ratio(solution, stored):
    return compression_ratio(stored, original_bytes=size_bytes(KNOWN), source_bytes=solution.source_bytes)


@check(points=3, examples=4)
@given(
    seed=integers(0, 2**20),
    inputs=integers(4, 30),
    hidden=integers(2, 12),
    rows=integers(1, 40),
    zero=integers(1, 4),
)
def small_networks_come_back(solution, seed, inputs, hidden, rows, zero):
    """Of three layers, as LeNet-300-100 is, but other sizes; one layer may hold nothing but zeros."""
    draw = np.random.RandomState(seed)
    sides = [inputs, hidden + 2, hidden, 10]
    weights = {}
    for layer in (1, 2, 3):
        shape = sides[layer], sides[layer - 1]
        codes = draw.randint(-40, 41, shape) * (layer != zero)
        weights[f"ip{layer}.weight"] = (codes / 64).astype(np.float32)
        weights[f"ip{layer}.bias"] = (draw.randint(-8, 9, shape[0]) / 64).astype(np.float32)
    images = (draw.randint(0, 16, (rows, inputs)) / 16).astype(np.float32)
    there_and_back(solution, weights, images)


@check(points=3, curve=[[0.5, 1], [6.0, 0]])
def the_network_keeps_its_accuracy(solution):
    _, restored = there_and_back(solution, KNOWN, UNLABELLED)
    expect.metric(accuracy_drop(classes(restored, IMAGES), LABELS, before=known_classes()))


@check(points=6, curve=[[4.0, 0], [16.0, 0.4], [32.0, 0.7], [64.0, 1]])
def the_file_and_its_program_are_small(solution):
    stored, restored = there_and_back(solution, KNOWN, UNLABELLED)
    keeps_accuracy(restored, IMAGES, LABELS, known_classes())
    expect.metric(ratio(solution, stored))


def keeps_accuracy(restored, images, labels, before, most=MOST_LOST):
    drop = accuracy_drop(classes(restored, images), labels, before=before)
    expect.at_most(drop.low, most, key="loses_accuracy")


# ---------------------------------------------------------------- networks nobody has seen


def unseen(seed):
    """Weights, unlabelled images, images and labels: another training run's network with its units, its classes and the
    eight ways to lay a square exchanged. Between the steps in which it is kept, weights are anywhere."""
    draw = np.random.RandomState(seed)
    first, second, order = (draw.permutation(count) for count in (300, 100, 10))
    place = laid(np.arange(PIXELS).reshape(28, 28), draw.randint(8)).ravel()
    w = {f"ip{layer}.weight": between_steps(f"ip{layer}.weight", draw) for layer in (1, 2, 3)}
    weights = {
        "ip1.weight": w["ip1.weight"][first][:, place],
        "ip1.bias": ARRAYS["ip1.bias"][first],
        "ip2.weight": w["ip2.weight"][second][:, first],
        "ip2.bias": ARRAYS["ip2.bias"][second],
        "ip3.weight": w["ip3.weight"][order][:, second],
        "ip3.bias": ARRAYS["ip3.bias"][order],
    }
    weights = {name: np.ascontiguousarray(part) for name, part in weights.items()}
    return weights, UNLABELLED[:, place], IMAGES[:, place], np.argsort(order)[LABELS]


def laid(square, way):
    """One of the eight symmetries."""
    turned = np.rot90(square, way % 4)
    return turned.T if way >= 4 else turned


def between_steps(name, draw):
    codes = ARRAYS[f"codes.{name}"]
    return ((codes + draw.uniform(-0.5, 0.5, codes.shape)) * ARRAYS[f"step.{name}"]).astype(np.float32)


@check(points=6, visible=False, examples=1)
@given(seed=integers(0, 2**31))
def networks_nobody_has_seen_get_as_small(solution, seed):
    weights, unlabelled, images, labels = unseen(seed)
    stored, restored = there_and_back(solution, weights, unlabelled)
    keeps_accuracy(restored, images, labels, classes(weights, images), MOST_LOST_UNSEEN)
    if known := solution.measured("the_file_and_its_program_are_small"):  # the very file that is ranked
        limit = SHARE_UNSEEN * known.value
        expect.at_least(ratio(solution, stored).value, limit, key="fits_one_network_only")
