"""Runs over seeds are put together as they were measured."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reference_impl.deep_compression.__main__ import main
from reference_impl.deep_compression.comparison import Measured, markdown, mean, read_run, with_means
from reference_impl.deep_compression.report import as_json
from tests.reference_impl.deep_compression.test_tables import report

RUN = Measured("lenet-5", "best", 0, 0.70, 0.60, 0.5, 4_000, 400.0, 100.0, 2e9)


def test_a_run_is_read_from_the_report_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(as_json(report())))
    run = read_run(tmp_path / "run.json")
    assert (run.network, run.recipe, run.seed) == ("lenet-5", "classic", 7)
    assert (run.error_percent, run.dense_error_percent, run.rival_error_percent) == (0.74, 0.71, None)
    assert run.ratio == pytest.approx(1_724_320 / 38_336)


def test_the_mean_ratio_is_that_of_the_mean_size() -> None:
    found = mean([RUN, replace(RUN, seed=1, file_bytes=2_000, ratio=800.0, error_percent=0.8)])
    assert found.ratio == pytest.approx(1_600_000 / 3_000)
    assert found.error_percent == pytest.approx(0.7)
    assert found.seed is None


def test_seeds_stand_in_order_with_their_mean_below() -> None:
    other = replace(RUN, recipe="classic")
    rows = with_means([replace(RUN, seed=2), other, replace(RUN, seed=1), RUN])
    assert [(row.recipe, row.seed) for row in rows] == [
        ("best", 0), ("best", 1), ("best", 2), ("best", None), ("classic", 0)
    ]  # fmt: skip


def test_the_literature_on_the_same_networks_stands_below() -> None:
    printed = "\n".join(markdown([RUN]))
    assert "| lenet-5 | best | 0 | 0.70 | 0.60 | 0.50 | 4,000 | 400.0x | 100 | 2,000 |" in printed
    assert "| MIRACLE | 2019, 1810.00440 | lenet-5 | 0.70 | 0.69 | 555x |" in printed
    assert "lenet-300-100" not in printed


def test_the_command_prints_the_table_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run.json").write_text(json.dumps(as_json(report())))
    picture = tmp_path / "all.png"
    assert main(["compare", str(tmp_path / "run.json"), "--out", str(picture)]) == 0
    assert "| lenet-5 | classic | 7 |" in capsys.readouterr().out
    assert picture.stat().st_size > 5000


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", '{"network": 1}'])
def test_another_file_is_refused_in_one_sentence(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run.json").write_text(text)
    assert main(["compare", str(tmp_path / "run.json")]) == 1
    assert "--json" in capsys.readouterr().err
