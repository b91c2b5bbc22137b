"""The tables add up, and say where the paper's do not."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from reference_impl.deep_compression.paper import PAPER
from reference_impl.deep_compression.report import (
    Report,
    StageFigures,
    as_json,
    rates_percent,
    stream_total,
    total_row,
)
from reference_impl.deep_compression.stages import LayerFigures, StreamFigures
from reference_impl.deep_compression.tables import tables

ROWS = (
    LayerFigures("conv1", 500, 520, 300, 310, 5, 4.5, 5, 2.0, 4000, 3600),
    LayerFigures("conv2", 25_000, 25_050, 3000, 3100, 5, 4.0, 5, 3.0, 32_000, 24_000),
    LayerFigures("ip1", 400_000, 400_500, 32_000, 33_000, 5, 4.0, 6, 4.0, 370_000, 270_000),
    LayerFigures("ip2", 5_000, 5_010, 950, 1_000, 5, 4.0, 5, 3.0, 11_000, 9_000),
)
STAGES = (
    StageFigures("dense", 1_724_320, 1.0, 0.8),
    StageFigures("P", 147_000, 11.7, 0.9),
    StageFigures("P+Q", 52_136, 33.1, 0.91),
    StageFigures("P+Q+H", 38_336, 45.0, 0.92),
)


def report(network: str = "lenet-5") -> Report:
    return Report(
        network, "classic", 7, 0.71, 0.74, 1_724_320, 38_336, STAGES, ROWS, 321.0, 10**9, {"numpy": "2"}
    )


def shown(network: str = "lenet-5") -> str:
    out = StringIO()
    Console(file=out, width=120).print(tables(report(network)))
    return out.getvalue()


def test_ours_stand_beside_the_papers() -> None:
    printed = shown()
    assert printed.count("ours") == 5
    assert printed.count("paper │") == 5
    assert "33.1x" in printed
    assert "33x" in printed


def test_every_contradiction_of_the_paper_is_a_footnote() -> None:
    printed = " ".join(shown().split())
    assert all(" ".join(note.split()) in printed for note in PAPER["lenet-5"].footnotes)


def test_a_network_that_the_paper_has_not_is_shown_alone() -> None:
    assert "Paper" not in shown("digits-cnn")


def test_the_error_of_the_decoded_network_and_the_ratio_are_told() -> None:
    assert "0.71 % dense, 0.74 % decoded" in shown()
    assert "44.98 times smaller" in shown()


def test_rivals_are_told_with_their_error() -> None:
    out = StringIO()
    with_rival = replace(report(), rival_test_errors_percent={"dense, same teacher": 0.5})
    Console(file=out, width=120).print(tables(with_rival))
    assert "rival, dense, same teacher: 0.50 %" in out.getvalue()


def test_the_total_adds_sizes_up_and_weighs_bits_by_entries() -> None:
    total = total_row(ROWS, header_bits=88)
    assert total.coded_size_bits == 88 + 3600 + 24_000 + 270_000 + 9_000
    assert total.code_bits_huffman == pytest.approx((310 * 4.5 + 37_100 * 4.0) / 37_410)
    assert rates_percent(total)[1] == pytest.approx(100 * 306_688 / (32 * 431_080))


def test_json_holds_every_printed_figure() -> None:
    found = json.loads(json.dumps(as_json(report())))
    assert found["ratio"] == pytest.approx(44.98, abs=0.01)
    assert [stage["name"] for stage in found["stages"]] == ["dense", "P", "P+Q", "P+Q+H"]
    assert found["layers"][2]["rates_percent"] == list(rates_percent(ROWS[2]))
    assert found["dense_test_error_percent"] == 0.71


STREAM = (
    StreamFigures("ip1", 235_200, 235_500, 3_000, 12, 2_400, 3_600),
    StreamFigures("ip2", 30_000, 30_100, 1_000, 12, 500, 900),
    StreamFigures("ip3", 1_000, 1_010, 400, 24, 60, 300),
)


def test_an_adaptive_stream_is_told_by_layer_beside_the_paper() -> None:
    out = StringIO()
    told = replace(report("lenet-300-100"), layers=(), stream=STREAM)
    Console(file=out, width=120).print(tables(told))
    printed = out.getvalue()
    assert printed.count("ours") == printed.count("paper │") == 4
    assert "6.4" in printed  # 2,400 bytes for the places of 3,000 weights
    assert stream_total(STREAM, header_bytes=11).size_bytes == 4_811
    found = json.loads(json.dumps(as_json(told)))["stream"][0]
    assert (found["index_bits"], found["weight_bits"]) == pytest.approx((6.4, 3.2))


@pytest.mark.parametrize("network", PAPER)
def test_the_papers_sizes_and_ratios_agree(network: str) -> None:
    paper = PAPER[network]
    assert paper.size_before_kb / paper.size_after_kb == pytest.approx(paper.ratios["P+Q+H"], abs=0.7)
    assert 100 / paper.rows[-1].coded_percent == pytest.approx(paper.ratios["P+Q+H"], abs=0.3)


def thousands(text: str) -> float:
    return float(text.removesuffix("K"))


def weighted(network: str) -> float:
    *layers, total = PAPER[network].rows
    return sum(thousands(row.weights) * row.coded_percent for row in layers) / thousands(total.weights)


def test_the_rows_of_lenet_5_do_not_give_its_total() -> None:
    assert weighted("lenet-5") == pytest.approx(2.73, abs=0.01)
    assert weighted("lenet-300-100") == pytest.approx(PAPER["lenet-300-100"].rows[-1].coded_percent, abs=0.06)


def test_totals_of_bits_lie_outside_their_layers() -> None:
    *layers, total = PAPER["lenet-300-100"].rows
    assert total.weight_bits_huffman > max(row.weight_bits_huffman for row in layers)
    *layers, total = PAPER["lenet-5"].rows
    assert total.weight_bits_huffman < min(row.weight_bits_huffman for row in layers)
    assert layers[-1].weight_bits_huffman > layers[-1].weight_bits
