"""Pictures of a run, drawn by matplotlib, which is loaded only here and only when a picture is asked for."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reference_impl.deep_compression.comparison import Measured
from reference_impl.deep_compression.records import RECORDS, Record
from reference_impl.deep_compression.report import Report
from reference_impl.deep_compression.stages import Compressed, Parameters
from reference_impl.errors import NotAvailable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BINS = 81
RATIO_TICKS = (20, 40, 100, 250, 600, 1500)


def require_matplotlib() -> None:
    """NotAvailable: it is not installed."""
    if find_spec("matplotlib") is None:
        raise NotAvailable(
            'Pictures need matplotlib. Run `.venv/bin/python -m pip install -c constraints.txt -e ".[plots]"`.'
        )


def draw(dense: Parameters, compressed: Compressed, report: Report, folder: Path) -> list[Path]:
    """One PNG for each picture that the recipe has data for. NotAvailable: no matplotlib."""
    require_matplotlib()
    folder.mkdir(parents=True, exist_ok=True)
    figures = {"weights": weight_histograms(dense, compressed), "stages": ratio_against_error(report)}
    if compressed.codebooks:
        figures["codebooks"] = codebooks(compressed)
    if compressed.code_lengths:
        figures["code_lengths"] = code_lengths(compressed)
    paths = []
    for name, figure in figures.items():
        paths.append(folder / f"{report.network}-{report.recipe}-{name}.png")
        figure.savefig(paths[-1], dpi=120)
    return paths


def weight_histograms(dense: Parameters, compressed: Compressed) -> "Figure":
    """A row for each layer, a column for each stage; pruned weights are left out, and counts are on a log scale."""
    layers = [name for name in dense if name.endswith(".weight")]
    columns = {"dense": dense} | {stage.name: stage.parameters for stage in compressed.stages}
    figure, axes = _grid(len(layers), len(columns))
    for row, layer in enumerate(layers):
        reach = max(float(np.abs(parameters[layer]).max()) for parameters in columns.values())
        edges = np.linspace(-reach, reach, BINS)
        for column, (stage, parameters) in enumerate(columns.items()):
            values = parameters[layer]
            axis = axes[row, column]
            axis.hist(values[values != 0], bins=edges, color="tab:blue", log=True)
            axis.set_title(f"{layer}, {stage}", fontsize=9)
    return figure


def codebooks(compressed: Compressed) -> "Figure":
    """The shared values of each layer in increasing order, and how many weights take each."""
    books = compressed.codebooks
    figure, axes = _grid(1, len(books))
    last = compressed.stages[-1].parameters
    for axis, (layer, book) in zip(axes[0], books.items(), strict=True):
        values, counts = np.unique(last[f"{layer}.weight"], return_counts=True)
        takes = dict(zip(values.tolist(), counts.tolist(), strict=True))
        axis.bar(
            range(len(book)), [takes.get(value, 0) for value in np.sort(book).tolist()], color="lightgrey"
        )
        axis.set_ylabel("weights")
        twin = axis.twinx()
        twin.plot(range(len(book)), np.sort(book), "o", markersize=3, color="tab:red")
        twin.set_ylabel("shared value")
        axis.set_title(layer, fontsize=9)
    return figure


def code_lengths(compressed: Compressed) -> "Figure":
    """Bits of the Huffman codeword of each symbol: codes above, gaps below."""
    layers = compressed.code_lengths
    figure, axes = _grid(2, len(layers))
    for column, (layer, (codes, gaps)) in enumerate(layers.items()):
        for row, (what, lengths) in enumerate((("codes", codes), ("gaps", gaps))):
            axes[row, column].bar(range(len(lengths)), lengths, color="tab:blue")
            axes[row, column].set_title(f"{layer}, {what}", fontsize=9)
            axes[row, column].set_ylabel("bits")
    return figure


def ratio_against_error(report: Report) -> "Figure":
    """One point for each stage."""
    figure, axes = _grid(1, 1, side=4.5)
    axis = axes[0, 0]
    ratios = [stage.ratio for stage in report.stages]
    errors = [stage.validation_error_percent for stage in report.stages]
    axis.plot(ratios, errors, "o-", color="tab:blue")
    for stage in report.stages:
        place = (stage.ratio, stage.validation_error_percent)
        axis.annotate(stage.name, place, textcoords="offset points", xytext=(4, 6))
    axis.set_xlabel("times smaller")
    axis.set_ylabel("validation error, %")
    axis.set_ylim(bottom=0)
    axis.margins(x=0.12, y=0.15)
    return figure


def beside_the_literature(runs: list[Measured]) -> "Figure":
    """Ratio and error of each run and record, a panel for each network; a line where the dense networks are."""
    networks = sorted({run.network for run in runs})
    figure, axes = _grid(1, len(networks), side=5.4)
    figure.set_figheight(4.4)
    for axis, network in zip(axes[0], networks, strict=True):
        of_network = [run for run in runs if run.network == network]
        known = [record for record in RECORDS if record.network == network]
        _records_and_runs(axis, known, of_network)
        errors = [run.error_percent for run in of_network] + [one.error_after_percent for one in known]
        axis.set_ylim(0, 1.4 * max(errors))  # room for the names
        axis.set_xscale("log")
        axis.set_xticks(RATIO_TICKS, [str(tick) for tick in RATIO_TICKS])
        axis.minorticks_off()
        axis.set_xlim(RATIO_TICKS[0], 2 * RATIO_TICKS[-1])
        axis.set_title(network, fontsize=10)
        axis.set_xlabel("times smaller")
        axis.set_ylabel("test error, %")
        axis.legend(fontsize=8, loc="lower right")
    return figure


def _records_and_runs(axis: Any, known: list[Record], runs: list[Measured]) -> None:
    dense = sum(run.dense_error_percent for run in runs) / len(runs)
    axis.axhline(dense, color="tab:blue", linewidth=0.8, linestyle="--", label="ours, dense")
    for recipe, colour in (("classic", "tab:blue"), ("best", "tab:red")):
        ours = [run for run in runs if run.recipe == recipe]
        places = ([run.ratio for run in ours], [run.error_percent for run in ours])
        axis.plot(*places, "o", color=colour, label=f"ours, {recipe}")
    for one in known:
        place = (one.ratio, one.error_after_percent)
        axis.plot(*place, "x", color="dimgrey")
        axis.annotate(one.method, place, textcoords="offset points", xytext=(2, 5), fontsize=7, rotation=35)


def _grid(rows: int, columns: int, side: float = 2.6) -> tuple["Figure", Any]:
    # Figure alone, without pyplot, keeps no list of open figures and needs no display
    from matplotlib.figure import Figure

    figure = Figure(figsize=(max(columns * side, 4.0), max(rows * side * 0.8, 2.6)), layout="constrained")
    return figure, figure.subplots(rows, columns, squeeze=False)
