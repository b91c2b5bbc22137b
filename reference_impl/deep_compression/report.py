"""Everything that is told about one run, as values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from reference_impl.deep_compression.stages import Compressed, LayerFigures, StreamFigures


@dataclass(frozen=True)
class StageFigures:
    name: str  #: "dense", "P", "P+Q", "P+Q+H" or what the recipe calls it
    size_bytes: float
    ratio: float  #: float32 weights and biases of the dense network over this
    validation_error_percent: float


@dataclass(frozen=True)
class Report:
    network: str
    recipe: str
    seed: int
    dense_test_error_percent: float
    test_error_percent: float  #: of the network decoded from the file, in another process
    float32_bytes: int
    file_bytes: int
    stages: tuple[StageFigures, ...]
    layers: tuple[LayerFigures, ...]
    wall_s: float
    peak_memory_bytes: int
    versions: Mapping[str, str]
    rival_test_errors_percent: Mapping[str, float] = field(default_factory=dict)
    stream: tuple[StreamFigures, ...] = ()

    @property
    def ratio(self) -> float:
        return self.float32_bytes / self.file_bytes


def as_json(report: Report) -> dict[str, object]:
    """Every figure that is printed, and more."""
    rows = [asdict(row) | {"rates_percent": rates_percent(row)} for row in report.layers]
    stream = [
        asdict(row)
        | {"index_bits": index_bits(row), "weight_bits": weight_bits(row), "rate_percent": rate_percent(row)}
        for row in report.stream
    ]
    return asdict(report) | {"ratio": report.ratio, "layers": rows, "stream": stream}


def index_bits(row: StreamFigures) -> float:
    """Of the place of a kept weight."""
    return 8 * row.position_bytes / max(row.kept, 1)


def weight_bits(row: StreamFigures) -> float:
    """Of everything else, a kept weight's share: which shared value it has, the codebook, the biases."""
    return 8 * (row.size_bytes - row.position_bytes) / max(row.kept, 1)


def rate_percent(row: StreamFigures) -> float:
    """Size, of 32 bits a weight and a bias."""
    return 100 * row.size_bytes / (4 * row.parameters)


def rates_percent(row: LayerFigures) -> tuple[float, float]:
    """Size after P+Q and after P+Q+H, of 32 bits a weight and a bias."""
    before = 32 * row.parameters
    return 100 * row.shared_size_bits / before, 100 * row.coded_size_bits / before


def stage_figures(
    compressed: Compressed, errors_percent: Mapping[str, float], float32_bytes: int
) -> tuple[StageFigures, ...]:
    """The dense network first. errors_percent: by stage, "dense" among them."""
    dense = StageFigures("dense", float32_bytes, 1.0, errors_percent["dense"])
    sizes = [(stage.name, stage.size_bits / 8) for stage in compressed.stages]
    return (
        dense,
        *(StageFigures(name, size, float32_bytes / size, errors_percent[name]) for name, size in sizes),
    )


def stream_total(rows: tuple[StreamFigures, ...], *, header_bytes: int) -> StreamFigures:
    """Sums, with the header."""
    return StreamFigures(
        name="total",
        weights=sum(row.weights for row in rows),
        parameters=sum(row.parameters for row in rows),
        kept=sum(row.kept for row in rows),
        shared_values=sum(row.shared_values for row in rows),
        position_bytes=sum(row.position_bytes for row in rows),
        size_bytes=header_bytes + sum(row.size_bytes for row in rows),
    )


def total_row(rows: tuple[LayerFigures, ...], *, header_bits: int) -> LayerFigures:
    """Sums, and means over all entries."""
    entries = sum(row.entries for row in rows)

    def mean(name: str) -> float:
        return sum(getattr(row, name) * row.entries for row in rows) / max(entries, 1)

    return LayerFigures(
        name="total",
        weights=sum(row.weights for row in rows),
        parameters=sum(row.parameters for row in rows),
        kept=sum(row.kept for row in rows),
        entries=entries,
        code_bits=mean("code_bits"),
        code_bits_huffman=mean("code_bits_huffman"),
        gap_bits=mean("gap_bits"),
        gap_bits_huffman=mean("gap_bits_huffman"),
        shared_size_bits=header_bits + sum(row.shared_size_bits for row in rows),
        coded_size_bits=header_bits + sum(row.coded_size_bits for row in rows),
    )
