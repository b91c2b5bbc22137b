"""What the paper reports: Han, Mao, Dally 2016, arXiv:1510.00149v5, tables 1, 2 and 3. "K" and "KB" are as printed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperRow:
    """Bits of a weight and of an index, each of fixed length and after Huffman coding; rates in per cent of 32 bits."""

    layer: str
    weights: str
    kept_percent: float
    weight_bits: float
    weight_bits_huffman: float
    index_bits: float
    index_bits_huffman: float
    shared_percent: float  #: P+Q
    coded_percent: float  #: P+Q+H


@dataclass(frozen=True)
class PaperNetwork:
    error_before_percent: float
    error_after_percent: float
    size_before_kb: int
    size_after_kb: int
    ratios: dict[str, int]  #: by stage
    rows: tuple[PaperRow, ...]  #: the last is the total
    footnotes: tuple[str, ...]  #: where the table contradicts itself


PAPER = {
    "lenet-300-100": PaperNetwork(
        error_before_percent=1.64,
        error_after_percent=1.58,
        size_before_kb=1070,
        size_after_kb=27,
        ratios={"P": 12, "P+Q": 32, "P+Q+H": 40},
        rows=(
            PaperRow("ip1", "235K", 8, 6, 4.4, 5, 3.7, 3.1, 2.32),
            PaperRow("ip2", "30K", 9, 6, 4.4, 5, 4.3, 3.8, 3.04),
            PaperRow("ip3", "1K", 26, 6, 4.3, 5, 3.2, 15.7, 12.70),
            PaperRow("total", "266K", 8, 6, 5.1, 5, 3.7, 3.1, 2.49),
        ),
        footnotes=("The total of 5.1 weight bits lies above every layer's, 4.3 to 4.4.",),
    ),
    "lenet-5": PaperNetwork(
        error_before_percent=0.80,
        error_after_percent=0.74,
        size_before_kb=1720,
        size_after_kb=44,
        ratios={"P": 12, "P+Q": 33, "P+Q+H": 39},
        rows=(
            PaperRow("conv1", "0.5K", 66, 8, 7.2, 5, 1.5, 78.5, 67.45),
            PaperRow("conv2", "25K", 12, 8, 7.2, 5, 3.9, 6.0, 5.28),
            PaperRow("ip1", "400K", 8, 5, 4.5, 5, 4.5, 2.7, 2.45),
            PaperRow("ip2", "5K", 19, 5, 5.2, 5, 3.7, 6.9, 6.13),
            PaperRow("total", "431K", 8, 5.3, 4.1, 5, 4.4, 3.05, 2.55),
        ),
        footnotes=(
            "The total of 4.1 weight bits lies below every layer's, 4.5 to 7.2.",
            "ip2 has 5.2 bits after Huffman coding of a code of 5 bits, which no Huffman code needs.",
            "The rows, weighted by their weights, give 2.73 %, which is 37 times, not 2.55 % and 39 times.",
            "The text gives indices of convolutions 8 bits, the table 5.",
        ),
    ),
}
