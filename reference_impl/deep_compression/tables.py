"""The report as text tables, beside the paper's own rows."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reference_impl.deep_compression.container import HEADER_BYTES
from reference_impl.deep_compression.paper import PAPER, PaperNetwork, PaperRow
from reference_impl.deep_compression.report import (
    Report,
    index_bits,
    rate_percent,
    rates_percent,
    stream_total,
    total_row,
    weight_bits,
)
from reference_impl.deep_compression.stages import LayerFigures, StreamFigures

LAYER_COLUMNS = (
    "layer",
    "weights",
    "kept %",
    "weight bits",
    "Huffman",
    "index bits",
    "Huffman",
    "P+Q %",
    "P+Q+H %",
)
STREAM_COLUMNS = (
    "layer",
    "weights",
    "kept",
    "kept %",
    "shared values",
    "index bits",
    "weight bits",
    "size %",
)
STREAM = (
    "One stream of an adaptive coder has no fields: a layer's size is by what the stream grows, its index bits are those of the\n"
    "same layer with all shared values alike. The paper's bits are those after Huffman coding."
)
CHARGED = (
    "Ours charges everything the file holds: header, codebooks, code tables, biases. P counts the weights and biases that\n"
    "are left at 32 bits each and no positions, as the paper does. Errors by stage are of the validation images."
)


def tables(report: Report) -> RenderableType:
    """What the command prints at the end."""
    parts: list[RenderableType] = [stage_table(report)]
    if report.layers:
        parts.append(layer_table(report))
    if report.stream:
        parts += [stream_table(report), Text(STREAM)]
    parts.append(Text(CHARGED))
    parts += [Text(f"Paper: {note}") for note in footnotes(report.network)]
    parts.append(Text("\n".join(summary(report))))
    return Group(*parts)


def stage_table(report: Report) -> Table:
    paper = PAPER.get(report.network)
    table = Table(title=f"{report.network}, recipe {report.recipe}, seed {report.seed}", title_justify="left")
    for column in ("stage", "bytes", "ratio", "validation error %", "paper's ratio"):
        table.add_column(column, justify="left" if column == "stage" else "right")
    for stage in report.stages:
        theirs = paper.ratios.get(stage.name) if paper else None
        table.add_row(
            stage.name,
            f"{stage.size_bytes:,.0f}",
            f"{stage.ratio:.1f}x",
            f"{stage.validation_error_percent:.2f}",
            f"{theirs}x" if theirs else "",
        )
    return table


def layer_table(report: Report) -> Table:
    """Tables 2 and 3 of the paper: ours, then theirs."""
    table = Table(title="by layer", title_justify="left")
    for column in ("", *LAYER_COLUMNS):
        table.add_column(column, justify="left" if column in ("", "layer") else "right")
    for row in (*report.layers, total_row(report.layers, header_bits=8 * HEADER_BYTES)):
        table.add_row("ours", *our_cells(row))
    table.add_section()
    for theirs in PAPER[report.network].rows if report.network in PAPER else ():
        table.add_row("paper", *paper_cells(theirs))
    return table


def stream_table(report: Report) -> Table:
    """Where the bytes of an adaptive stream go, and the paper's tables 2 and 3 in the same columns."""
    table = Table(title="by layer", title_justify="left")
    for column in ("", *STREAM_COLUMNS):
        table.add_column(column, justify="left" if column in ("", "layer") else "right")
    for row in (*report.stream, stream_total(report.stream, header_bytes=HEADER_BYTES)):
        table.add_row("ours", *stream_cells(row))
    table.add_section()
    for theirs in PAPER[report.network].rows if report.network in PAPER else ():
        cells = (
            f"{theirs.kept_percent:g}",
            "",
            f"{theirs.index_bits_huffman:.1f}",
            f"{theirs.weight_bits_huffman:.1f}",
        )
        table.add_row("paper", theirs.layer, theirs.weights, "", *cells, f"{theirs.coded_percent:.2f}")
    return table


def stream_cells(row: StreamFigures) -> Iterator[str]:
    yield from (row.name, f"{row.weights:,}", f"{row.kept:,}", f"{100 * row.kept / row.weights:.2f}")
    yield from (f"{row.shared_values}", f"{index_bits(row):.1f}", f"{weight_bits(row):.1f}")
    yield f"{rate_percent(row):.3f}"


def our_cells(row: LayerFigures) -> Iterator[str]:
    shared, coded = rates_percent(row)
    yield from (row.name, f"{row.weights:,}", f"{100 * row.kept / row.weights:.1f}")
    yield from (f"{row.code_bits:.3g}", f"{row.code_bits_huffman:.1f}")
    yield from (f"{row.gap_bits:.3g}", f"{row.gap_bits_huffman:.1f}", f"{shared:.2f}", f"{coded:.2f}")


def paper_cells(row: PaperRow) -> Iterator[str]:
    yield from (row.layer, row.weights, f"{row.kept_percent:g}")
    yield from (f"{row.weight_bits:g}", f"{row.weight_bits_huffman:.1f}")
    yield from (f"{row.index_bits:g}", f"{row.index_bits_huffman:.1f}")
    yield from (f"{row.shared_percent:g}", f"{row.coded_percent:.2f}")


def footnotes(network: str) -> tuple[str, ...]:
    """Where the paper's table contradicts itself."""
    paper = PAPER.get(network)
    return paper.footnotes if paper else ()


def summary(report: Report) -> Iterator[str]:
    yield (
        f"Test error {report.dense_test_error_percent:.2f} % dense, {report.test_error_percent:.2f} % decoded; "
        f"{report.float32_bytes:,} bytes to {report.file_bytes:,}, {report.ratio:.2f} times smaller."
    )
    for name, error in report.rival_test_errors_percent.items():
        yield f"Test error of a rival, {name}: {error:.2f} %."
    paper = PAPER.get(report.network)
    if paper:
        yield paper_summary(paper)
    yield (
        f"{report.wall_s:.0f} s, {report.peak_memory_bytes / 1e6:,.0f} MB at most; "
        + ", ".join(f"{name} {version}" for name, version in report.versions.items())
    )


def paper_summary(paper: PaperNetwork) -> str:
    return (
        f"Paper: {paper.error_before_percent:.2f} % and {paper.error_after_percent:.2f} %, "
        f"{paper.size_before_kb} KB to {paper.size_after_kb} KB."
    )
