"""How well a small network reads digits that its learner's program trained. Layers are read, counted and run here.

Hidden is another task: the same handwriting turned and perhaps mirrored, its classes in another order, and other images with
labels. What is written into a program about the known task is not ready for it: the student has to be trained. Every student
is trained in a fresh program, which cannot tell what came before, and so not which check this is.
"""

import runpy
from functools import cache
from pathlib import Path

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.metric import exact
from grader.metrics import accuracy
from grader.strategies import integers, sampled_from
from reference_impl.costs import conv_macs, dense_macs
from reference_impl.datasets.dataset import network_inputs
from reference_impl.networks import DIGITS_CNN, forward
from reference_impl.shipped import dense_network

HERE = Path(__file__)
with np.load(HERE.with_name("data.npz")) as DATA:
    TRAIN, TEST = (network_inputs(DATA[name], 16)[:, 0] for name in ("train_images", "images"))
    TRAIN_LABELS, TEST_LABELS = (DATA[name].astype(np.int64) for name in ("train_labels", "labels"))
TEACHER = dense_network("digits-cnn")
TEACHER_PARAMETERS = sum(w.size for w in TEACHER.values())
LABELLED = 130
MOST_PARAMETERS, MOST_MACS, MOST_LAYERS, MOST_PADDING = 500, 8_000, 30, 4
WELL_ENOUGH = 90.0  #: percent right, before being small counts, and of the hidden task
APART = 3.0  #: percentage points by which the hidden task may be read worse than the known one
logits_of = runpy.run_path(str(HERE.with_name("support.py")))["logits"]  #: the text that learners may read


@cache
def teacher_logits():
    return forward(DIGITS_CNN, TEACHER, TRAIN[:, None])


def some_labels(labels, seed):
    """All but LABELLED of them are unknown: -1."""
    known = np.random.RandomState(seed).permutation(len(labels))[:LABELLED]
    partly = np.full(len(labels), -1, np.int64)
    partly[known] = labels[known]
    return partly


# ---------------------------------------------------------------- reading and counting layers


def checked(got):
    """The layers as they came, with float32 arrays; refused before anything is run: what does not fit, what costs too much."""
    expect.that(got is not None, "returned_nothing")
    expect.that(isinstance(got, list | tuple), "not_a_list_of_layers", got=type(got).__name__)
    expect.that(1 <= len(got) <= MOST_LAYERS, "not_a_list_of_layers", got=f"{len(got)} layers")
    layers, shape, parameters, macs = [], (1, 8, 8), 0, 0
    for number, layer in enumerate(got):
        whole = (
            isinstance(layer, list | tuple) and layer and isinstance(layer[0], str) and layer[0] in READERS
        )
        expect.that(
            whole,
            "unknown_layer",
            number=number,
            got=layer[0] if isinstance(layer, list | tuple) and layer else layer,
        )
        fitting, shape, cost = READERS[layer[0]](number, tuple(layer[1:]), shape)
        layers.append((layer[0], *fitting))
        parameters += sum(part.size for part in fitting if isinstance(part, np.ndarray))
        macs += cost
        expect.at_most(parameters, MOST_PARAMETERS, key="too_many_parameters")
        expect.at_most(macs, MOST_MACS, key="too_many_macs")
    expect.that(shape == (10,), "not_ten_logits", got=str(shape))
    return layers, parameters


def refuse_unless(fits, number, takes, shape):
    expect.that(fits, "layer_does_not_fit", number=number, takes=takes, shape=str(shape))


def arrays(number, given, count, dimensions, shape):
    """weight and bias; behind them whole numbers."""
    takes = "(weight, bias, stride, padding)" if count == 4 else "(weight, bias)"
    refuse_unless(len(given) == count, number, takes, shape)
    with np.errstate(over="ignore"):
        weight, bias = (expect.array(part).astype(np.float32) for part in given[:2])
    refuse_unless(
        weight.ndim == dimensions and weight.size and bias.shape == weight.shape[:1], number, takes, shape
    )
    return weight, bias


def read_linear(number, given, shape):
    weight, bias = arrays(number, given, 2, 2, shape)
    refuse_unless(shape == weight.shape[1:], number, f"{weight.shape[1:]}", shape)
    return (weight, bias), weight.shape[:1], dense_macs(weight.shape[1], weight.shape[0])


def read_conv(number, given, shape):
    weight, bias = arrays(number, given, 4, 4, shape)
    stride, padding = (expect.whole_number(part) for part in given[2:])
    out, per_group, k, width = weight.shape
    takes = f"weight {weight.shape}, stride {stride}, padding {padding}"
    refuse_unless(
        len(shape) == 3 and k == width and 1 <= stride <= 8 and 0 <= padding <= MOST_PADDING,
        number,
        takes,
        shape,
    )
    groups, rest = divmod(shape[0], per_group)
    refuse_unless(not rest and not out % groups and k <= shape[1] + 2 * padding, number, takes, shape)
    side = (shape[1] + 2 * padding - k) // stride + 1
    cost = conv_macs(k, shape[0], out, side, groups=groups)
    return (weight, bias, stride, padding), (out, side, side), cost


def read_pool(number, given, shape):
    refuse_unless(len(given) == 1, number, "(size,)", shape)
    size = expect.whole_number(given[0])
    refuse_unless(len(shape) == 3 and size >= 1 and not shape[1] % size, number, f"size {size}", shape)
    return (size,), (shape[0], shape[1] // size, shape[2] // size), 0


def read_flatten(number, given, shape):
    refuse_unless(not given, number, "nothing", shape)
    return (), (int(np.prod(shape)),), 0


def read_relu(number, given, shape):
    refuse_unless(not given, number, "nothing", shape)
    return (), shape, 0


READERS = {
    "linear": read_linear,
    "conv": read_conv,
    "max_pool": read_pool,
    "mean_pool": read_pool,
    "flatten": read_flatten,
    "relu": read_relu,
}


def right(layers, images, labels):
    with np.errstate(all="ignore"):  # of logits beyond float32 there is still a first of the greatest
        return accuracy(logits_of(layers, images).argmax(axis=1), labels)


# ---------------------------------------------------------------- the known task


@check(points=3, examples=2)
@given(count=sampled_from([12, 40]), seed=integers(0, 2**20), labelled=integers(0, 12))
def the_student_keeps_to_its_budget(solution, count, seed, labelled):
    """Trained on a few images, of which perhaps none has a label."""
    few = np.random.RandomState(seed).permutation(len(TRAIN))[:count]
    labels = np.where(np.arange(count) < labelled, TRAIN_LABELS[few], -1)
    checked(solution.anew().train(TRAIN[few], labels, teacher_logits()[few]))


def student_of_the_known_task(solution):
    return checked(solution.anew().train(TRAIN, some_labels(TRAIN_LABELS, seed=0), teacher_logits()))


@check(points=6, curve=[[80.0, 0], [92.0, 0.3], [96.0, 0.7], [98.5, 1]])
def the_student_reads_digits(solution):
    layers, _ = student_of_the_known_task(solution)
    expect.metric(right(layers, TEST, TEST_LABELS))


@check(points=2, curve=[[27.0, 0], [40.0, 0.7], [55.0, 1]])
def the_student_is_smaller_still(solution):
    layers, parameters = student_of_the_known_task(solution)
    reads_well_enough(layers, TEST, TEST_LABELS)
    smaller = TEACHER_PARAMETERS / parameters
    expect.metric(
        exact("compression_ratio", smaller, reference=4.0 * TEACHER_PARAMETERS, size_bytes=4 * parameters)
    )


def reads_well_enough(layers, images, labels):
    expect.at_least(right(layers, images, labels).high, WELL_ENOUGH, key="reads_badly")


# ---------------------------------------------------------------- a task nobody has seen


def turned(images, degrees, mirrored):
    """Around the middle, each pixel between the four nearest ones of the original; outside there is no ink."""
    angle, middle = np.deg2rad(degrees), 3.5
    rows, columns = np.mgrid[:8, :8] - middle
    y = np.cos(angle) * rows - np.sin(angle) * columns + middle
    x = np.sin(angle) * rows + np.cos(angle) * columns + middle
    padded = np.pad(images[..., ::-1] if mirrored else images, ((0, 0), (3, 3), (3, 3)))
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    down, across = y - top, x - left
    result = np.zeros(images.shape)
    for dy, dx in np.ndindex(2, 2):
        share = (down if dy else 1 - down) * (across if dx else 1 - across)
        result += share * padded[:, top + dy + 3, left + dx + 3]
    return result.astype(np.float32)


@check(points=6, visible=False, examples=1)
@given(seed=integers(0, 2**31))
def a_student_of_another_task_reads_well(solution, seed):
    draw = np.random.RandomState(seed)
    order, degrees, mirrored = (
        draw.permutation(10),
        draw.choice([-1, 1]) * draw.randint(20, 36),
        draw.randint(2),
    )
    renamed = np.argsort(order)
    labels = some_labels(renamed[TRAIN_LABELS], seed=draw.randint(2**31))
    got = solution.anew().train(turned(TRAIN, degrees, mirrored), labels, teacher_logits()[:, order])
    of_this = right(checked(got)[0], turned(TEST, degrees, mirrored), renamed[TEST_LABELS]).high
    expect.at_least(of_this, WELL_ENOUGH, key="reads_badly")
    if known := solution.measured("the_student_reads_digits"):  # the very student that is ranked
        expect.at_least(of_this, known.value - APART, key="fits_one_task_only")
