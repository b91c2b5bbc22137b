"""What `python -m reference_impl.deep_compression NETWORK` does around a run: progress bar, tables, files. Loads torch."""

import json
import sys
from pathlib import Path

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


def compress(
    network: str, recipe: str, seed: int, out: Path | None, json_file: Path | None, plots: Path | None
) -> None:
    """Errors as `run.run`; NotAvailable: data or matplotlib are missing, said before anything is trained."""
    torch.set_num_threads(1)
    if plots:
        require_matplotlib()
    task = task_of(network)
    dataset = dataset_of(task)
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    with Bars(console) as bars:
        done = run(network, recipe, seed, task=task, dataset=dataset, progress=bars.tell)
    console.print(tables(done.report))
    keep(done, out, json_file, plots)


def keep(done: Run, out: Path | None, json_file: Path | None, plots: Path | None) -> None:
    if out:
        out.write_bytes(done.file)
    if json_file:
        json_file.write_text(json.dumps(as_json(done.report), indent=2) + "\n")
    if plots:
        draw(done.dense, done.compressed, done.report, plots)


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
