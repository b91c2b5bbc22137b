"""Rows as text: a line each while the run goes on, JSON and a Markdown table afterwards."""

import json
from collections.abc import Mapping, Sequence

from benchmarks.kernels.verdict import Row

HEAD = (
    f"{'kernel':34} {'size':20} {'tier':8} {'us':>10} {'ratio':>7} {'minima':>7} {'limit':>6}"
    f" {'gate':>6} {'moon':>6} verdict"
)


def line(row: Row) -> str:
    return (
        f"{row.name:34} {row.size:20} {row.tier:8} {row.ours_us:>10} {_number(row.ratio):>7}"
        f" {_number(row.ratio_of_minima):>7} {_number(row.limit_fraction):>6} {_number(row.gate):>6}"
        f" {_number(row.moonshot):>6} {row.verdict}, to {row.best_peer or 'no peer'}{_beside(row)}"
    )


def as_json(machine: Mapping[str, str], rows: Sequence[Row]) -> str:
    return json.dumps({"machine": dict(machine), "kernels": [row.as_json() for row in rows]}, indent=2) + "\n"


def as_markdown(machine: Mapping[str, str], rows: Sequence[Row]) -> str:
    about = ", ".join(f"{key} {value}" for key, value in machine.items())
    lines = [
        about + ".",
        "",
        "| kernel | size | tier | µs | ratio (minima) | to | limit | gate | moonshot | verdict | beside it |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(_cells(row) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> str:
    cells = (
        row.name,
        row.size,
        row.tier,
        f"{row.ours_us:,.1f}",
        f"{_number(row.ratio)} ({_number(row.ratio_of_minima)})",
        row.best_peer or "-",
        _number(row.limit_fraction),
        _number(row.gate),
        _number(row.moonshot),
        row.verdict,
        _beside(row).removeprefix("; ") or "-",
    )
    return "| " + " | ".join(cells) + " |"


def _beside(row: Row) -> str:
    parts = [f"{name} {ratio:.2f}" for name, ratio in row.shown.items()] + ([row.note] if row.note else [])
    return "; " + ", ".join(parts) if parts else ""


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
