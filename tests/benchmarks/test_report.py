"""The shape of what is kept."""

import json
from dataclasses import replace

from benchmarks.kernels import report
from benchmarks.kernels.verdict import Row

MACHINE = {"date": "2026-11-22", "cpu": "a CPU", "tier": "VNNI"}
ROW = Row(
    name="int8 layer",
    size="100x300",
    tier="VNNI",
    best_peer="ORT",
    ratio=2.5,
    limit_fraction=0.7,
    gate=2.0,
    moonshot=4.0,
    verdict="pass",
    ratio_of_minima=2.4,
    ours_us=1234.5,
    shown={"torch": 3.0},
    note="4.44 bits per symbol",
)
UNKNOWN = replace(
    ROW, best_peer=None, ratio=None, limit_fraction=None, gate=None, moonshot=None, ratio_of_minima=None,
    verdict="skipped", shown={}, note="",
)  # fmt: skip


def test_json_holds_the_machine_and_a_record_per_kernel():
    kept = json.loads(report.as_json(MACHINE, [ROW, UNKNOWN]))
    assert kept["machine"] == MACHINE
    first, second = kept["kernels"]
    asked = {
        "name": "int8 layer",
        "size": "100x300",
        "tier": "VNNI",
        "best_peer": "ORT",
        "ratio": 2.5,
        "limit_fraction": 0.7,
        "gate": 2.0,
        "moonshot": 4.0,
        "verdict": "pass",
    }
    assert {key: first[key] for key in asked} == asked
    assert second["gate"] is None
    assert second["verdict"] == "skipped"


def test_a_line_tells_ratio_limit_gate_and_verdict():
    words = report.line(ROW).split()
    assert {"2.50", "0.70", "2.00", "4.00"} <= set(words)
    assert "pass, to ORT; torch 3.00, 4.44 bits per symbol" in report.line(ROW)


def test_what_is_not_known_is_a_dash():
    assert report.line(UNKNOWN).split().count("-") == 5
    assert report.line(UNKNOWN).endswith("skipped, to no peer")


def test_the_table_has_a_cell_for_every_head():
    table = report.as_markdown(MACHINE, [ROW, UNKNOWN]).splitlines()
    assert table[0] == "date 2026-11-22, cpu a CPU, tier VNNI."
    assert {line.count("|") for line in table[2:]} == {12}
    assert "| 1,234.5 | 2.50 (2.40) | ORT |" in table[4]
