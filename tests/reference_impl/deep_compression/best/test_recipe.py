"""The whole recipe on the 8 x 8 digits, with settings that take a few seconds."""

from dataclasses import replace

import numpy as np

from reference_impl.deep_compression.bench import bench_for
from reference_impl.deep_compression.best.chosen import DIGITS_CNN
from reference_impl.deep_compression.best.payload import decode
from reference_impl.deep_compression.best.recipe import compress_with
from reference_impl.deep_compression.tasks import dataset_of, task_of
from reference_impl.networks import DIGITS_CNN as NETWORK
from reference_impl.networks import parameter_shapes

QUICK = replace(
    DIGITS_CNN,
    teacher=replace(DIGITS_CNN.teacher, training=replace(DIGITS_CNN.teacher.training, epochs=2)),
    copies=2,
    kept_weights=1200,
    pruning=replace(DIGITS_CNN.pruning, epochs=8),
    sharing=replace(DIGITS_CNN.sharing, epochs=2),
    rival=replace(DIGITS_CNN.rival, epochs=1),
)


def test_it_makes_a_small_file_of_a_network_that_has_learned() -> None:
    task = task_of("digits-cnn")
    bench = bench_for("digits-cnn", task, dataset_of(task), seed=0)
    made = compress_with(bench, NETWORK, QUICK)
    decoded = decode(made.payload, parameter_shapes(NETWORK))
    weights = [values for name, values in decoded.items() if name.endswith(".weight")]
    assert sum(np.count_nonzero(values) for values in weights) <= QUICK.kept_weights
    for values in weights:
        assert len(np.unique(values)) <= 1 + 8
    assert bench.validation_error(decoded) < 0.2
    assert len(made.payload) < 1400
    assert all(np.array_equal(made.stages[-1].parameters[name], values) for name, values in decoded.items())


def test_the_same_seed_gives_the_same_bytes() -> None:
    task = task_of("digits-cnn")
    quick = replace(QUICK, pruning=replace(QUICK.pruning, epochs=1), sharing=replace(QUICK.sharing, epochs=1))
    made = [
        compress_with(bench_for("digits-cnn", task, dataset_of(task), seed=3), NETWORK, quick).payload
        for _ in range(2)
    ]
    assert made[0] == made[1]
