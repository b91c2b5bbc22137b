"""What `python -m reference_impl.deep_compression NETWORK` does around a run: progress bar, tables, files. Loads torch."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from reference_impl.deep_compression.plots import draw, require_matplotlib
from reference_impl.deep_compression.report import as_json
from reference_impl.deep_compression.run import Run, run
from reference_impl.deep_compression.tables import tables
from reference_impl.deep_compression.tasks import dataset_of, task_of
from reference_impl.training import Progress as Trained

PLAIN_WIDTH = 120  #: columns of a file, into which the widest table fits


@dataclass(frozen=True)
class Files:
    """Where the parts of a run go; None is nowhere."""

    out: Path | None = None  #: the compressed network
    json: Path | None = None  #: every figure
    dense: Path | None = None  #: the network before compression, an .npz of numpy
    plots: Path | None = None  #: a folder of pictures


def compress(network: str, recipe: str, seed: int, files: Files) -> None:
    """Errors as `run.run`; NotAvailable: data or matplotlib are missing, said before anything is trained."""
    torch.set_num_threads(1)
    if files.plots:
        require_matplotlib()
    task = task_of(network)
    dataset = dataset_of(task)
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    with Bars(console) as bars:
        done = run(network, recipe, seed, task=task, dataset=dataset, progress=bars.tell)
    console.print(tables(done.report))
    keep(done, files)


def keep(done: Run, files: Files) -> None:
    if files.out:
        files.out.write_bytes(done.file)
    if files.json:
        files.json.write_text(json.dumps(as_json(done.report), indent=2) + "\n")
    if files.dense:
        with files.dense.open("wb") as stream:
            np.savez(stream, **cast(dict[str, Any], done.dense))
    if files.plots:
        draw(done.dense, done.compressed, done.report, files.plots)


class Bars(Progress):
    """A bar for each stage of training."""

    def __init__(self, console: Console) -> None:
        super().__init__(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[loss]}"), TimeElapsedColumn(),
            console=console,
        )  # fmt: skip
        self._bars: dict[str, TaskID] = {}

    def tell(self, stage: str, at: Trained) -> None:
        if stage not in self._bars:
            self._bars[stage] = self.add_task(stage, total=at.epochs, loss="")
        self.update(self._bars[stage], completed=at.epoch, loss=f"loss {at.loss:.4f}")
        if at.epoch == at.epochs and not self.console.is_terminal:
            # a bar is drawn into a file only at the very end
            print(f"done: {stage}", file=sys.stderr, flush=True)
