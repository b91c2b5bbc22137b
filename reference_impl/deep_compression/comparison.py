"""Runs over several seeds beside each other and beside the literature: a Markdown table of what `--json` has written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import fmean

from reference_impl.deep_compression.records import RECORDS
from reference_impl.errors import CorruptData

COLUMNS = (
    "network",
    "recipe",
    "seed",
    "dense error %",
    "decoded error %",
    "rival error %",
    "bytes",
    "ratio",
    "s",
    "peak MB",
)


@dataclass(frozen=True)
class Measured:
    """What one run has measured. Errors of the test images."""

    network: str
    recipe: str
    seed: int | None  #: None: a mean over seeds
    dense_error_percent: float
    error_percent: float
    rival_error_percent: float | None  #: of a dense network that was taught the same way
    file_bytes: float
    ratio: float
    wall_s: float
    peak_memory_bytes: float


def read_run(path: Path) -> Measured:
    """CorruptData: not a report of the main command. OSError."""
    try:
        report = json.loads(path.read_text())
        rivals: Mapping[str, float] = report["rival_test_errors_percent"]
        return Measured(
            network=report["network"],
            recipe=report["recipe"],
            seed=report["seed"],
            dense_error_percent=report["dense_test_error_percent"],
            error_percent=report["test_error_percent"],
            rival_error_percent=min(rivals.values(), default=None),
            file_bytes=report["file_bytes"],
            ratio=report["ratio"],
            wall_s=report["wall_s"],
            peak_memory_bytes=report["peak_memory_bytes"],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CorruptData(f"{path} is not a report; give files that `--json` has written") from None


def with_means(runs: Iterable[Measured]) -> list[Measured]:
    """By network, recipe and seed; a mean after several seeds."""
    found: list[Measured] = []
    ordered = sorted(runs, key=lambda run: (run.network, run.recipe, run.seed or 0))
    for _, group in groupby(ordered, key=lambda run: (run.network, run.recipe)):
        rows = list(group)
        found += [*rows, mean(rows)] if len(rows) > 1 else rows
    return found


def mean(runs: list[Measured]) -> Measured:
    """Of runs of one network and recipe; the ratio is that of the mean size."""
    first = runs[0]
    rivals = [run.rival_error_percent for run in runs if run.rival_error_percent is not None]
    file_bytes = fmean(run.file_bytes for run in runs)
    return Measured(
        network=first.network,
        recipe=first.recipe,
        seed=None,
        dense_error_percent=fmean(run.dense_error_percent for run in runs),
        error_percent=fmean(run.error_percent for run in runs),
        rival_error_percent=fmean(rivals) if rivals else None,
        file_bytes=file_bytes,
        ratio=first.ratio * first.file_bytes / file_bytes,
        wall_s=fmean(run.wall_s for run in runs),
        peak_memory_bytes=max(run.peak_memory_bytes for run in runs),
    )


def markdown(runs: Iterable[Measured]) -> Iterator[str]:
    """Lines of two tables: the runs, and the literature on their networks."""
    rows = with_means(runs)
    yield from _table(COLUMNS, map(_cells, rows))
    networks = {row.network for row in rows}
    known = [
        (
            record.method,
            record.source,
            record.network,
            _percent(record.error_before_percent),
            _percent(record.error_after_percent),
            f"{record.ratio:g}x",
        )
        for record in RECORDS
        if record.network in networks
    ]
    if known:
        yield ""
        yield from _table(("method", "source", "network", "before %", "after %", "ratio"), known)


def _cells(row: Measured) -> tuple[str, ...]:
    return (
        row.network,
        row.recipe,
        "mean" if row.seed is None else str(row.seed),
        _percent(row.dense_error_percent),
        _percent(row.error_percent),
        _percent(row.rival_error_percent),
        f"{row.file_bytes:,.0f}",
        f"{row.ratio:.1f}x",
        f"{row.wall_s:.0f}",
        f"{row.peak_memory_bytes / 1e6:,.0f}",
    )


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
