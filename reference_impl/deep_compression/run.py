"""Train, compress, write, decode in another process, measure. Importing this loads torch."""

import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from reference_impl.datasets import Dataset
from reference_impl.deep_compression.bench import Bench, TellProgress, bench_for, train_dense
from reference_impl.deep_compression.container import Container, pack
from reference_impl.deep_compression.measure import error_on_test_images
from reference_impl.deep_compression.recipes import RECIPES
from reference_impl.deep_compression.report import Report, stage_figures
from reference_impl.deep_compression.stages import Compressed, Parameters
from reference_impl.deep_compression.tasks import Task


@dataclass(frozen=True, eq=False)
class Run:
    report: Report
    file: bytes
    dense: Parameters
    compressed: Compressed


def run(
    network: str,
    recipe: str,
    seed: int,
    *,
    task: Task,
    dataset: Dataset,
    progress: TellProgress | None = None,
) -> Run:
    """The test images are read at the very end, once each by the dense network, the decoded one and its rivals.

    Errors as of training and encoding; CorruptData would mean that a file of ours cannot be read.
    """
    started = time.monotonic()
    bench = bench_for(network, task, dataset, seed, progress)
    dense = train_dense(bench, network, task, seed)
    chosen = RECIPES[recipe]
    compressed = chosen.compress()(bench, dense, network)
    file = pack(Container(chosen.number, network, compressed.payload))
    decoded = decode_in_another_process(file)
    float32_bytes = sum(values.nbytes for values in dense.values())
    errors = validation_errors_percent(bench, dense, compressed)
    report = Report(
        network=network,
        recipe=recipe,
        seed=seed,
        dense_test_error_percent=error_on_test_images(network, dense, dataset),
        test_error_percent=error_on_test_images(network, decoded, dataset),
        float32_bytes=float32_bytes,
        file_bytes=len(file),
        stages=stage_figures(compressed, errors, float32_bytes),
        layers=compressed.layers,
        stream=compressed.stream,
        wall_s=time.monotonic() - started,
        peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        versions=versions(),
        rival_test_errors_percent={
            name: error_on_test_images(network, rival, dataset) for name, rival in compressed.rivals.items()
        },
    )
    return Run(report, file, dense, compressed)


def validation_errors_percent(bench: Bench, dense: Parameters, compressed: Compressed) -> dict[str, float]:
    """By stage."""
    networks = {"dense": dense} | {stage.name: stage.parameters for stage in compressed.stages}
    return {name: 100 * bench.validation_error(parameters) for name, parameters in networks.items()}


def decode_in_another_process(file: bytes) -> Parameters:
    """By the command that anyone would use, in an interpreter that knows nothing of the training."""
    with tempfile.TemporaryDirectory() as folder:
        path, arrays = Path(folder) / "network.dcnn", Path(folder) / "weights.npz"
        path.write_bytes(file)
        program = [sys.executable, "-m", "reference_impl.deep_compression"]
        command = [*program, "decode", str(path), "--out", str(arrays)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with np.load(arrays) as found:
            return {name: found[name] for name in found.files}


def versions() -> Mapping[str, str]:
    return {"python": platform.python_version(), "numpy": np.__version__, "torch": torch.__version__}
