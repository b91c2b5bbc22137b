"""Run the cases one after the other, print a line each, and keep the figures as JSON or Markdown on request."""

import argparse
import os
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.kernels import report
from benchmarks.kernels.peers import PACKAGES, versions
from benchmarks.kernels.verdict import Row


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernels", description=__doc__)
    parser.add_argument("--only", default="", help="part of a kernel's name or size", metavar="TEXT")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    options = parser.parse_args()
    _use_one_thread()
    from benchmarks.kernels.machine import machine

    about = machine()
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    missing = [name for name in PACKAGES if name not in versions(PACKAGES)]
    if missing:
        print("peers not installed, skipped:", ", ".join(missing))
    print(report.HEAD)
    rows = []
    for row in _measured(options.only):
        rows.append(row)
        print(report.line(row), flush=True)
    _keep(options.json, report.as_json(about, rows))
    _keep(options.markdown, report.as_markdown(about, rows))
    print(_summary(rows))


def _use_one_thread() -> None:
    # OpenMP reads this when it is first loaded, so all that brings it along is imported later.
    os.environ["OMP_NUM_THREADS"] = "1"
    # torch announces the end of its quantized layers; they are still the peers.
    warnings.filterwarnings("ignore")
    import torch

    torch.set_num_threads(1)


def _measured(only: str) -> Iterator[Row]:
    from benchmarks.kernels.families import all_planned
    from benchmarks.kernels.measure import measure

    for planned in all_planned():
        if only.lower() in f"{planned.name} {planned.size}".lower():
            yield measure(planned)


def _keep(file: Path | None, text: str) -> None:
    if file:
        file.write_text(text)


def _summary(rows: Sequence[Row]) -> str:
    counts = {word: sum(row.verdict == word for row in rows) for word in ("pass", "fail", "skipped")}
    return ", ".join(f"{word} {count}" for word, count in counts.items())


if __name__ == "__main__":
    main()
