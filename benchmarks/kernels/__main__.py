"""Run all cases, print a line each, and write the figures as JSON on request.

A case passes when the ratio of medians and the ratio of minima both reach the gate, in one of at most three tries.
"""

import argparse
import json
import platform
import warnings
from datetime import datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from benchmarks.kernels.cases import Case, all_cases
from benchmarks.kernels.timing import side_by_side

TRIES = 3
OURS, LIMIT = "ours", "limit"


def measure(case: Case) -> dict[str, Any]:
    for attempt in range(1, TRIES + 1):
        candidates = {OURS: case.ours, **case.peers} | ({LIMIT: case.limit} if case.limit else {})
        seconds = side_by_side(candidates)
        best = min(case.peers, key=lambda name: seconds[name].median)
        fastest_s = min(seconds[name].least for name in case.peers)
        ratio = seconds[best].median / seconds[OURS].median
        surest = min(ratio, fastest_s / seconds[OURS].least)
        passed = case.gate is not None and surest >= case.gate
        if passed or case.gate is None or attempt == TRIES:
            break
    fraction = seconds[LIMIT].least / seconds[OURS].least if case.limit else None
    return {
        "name": case.name,
        "size": case.size,
        "tier": case.tier.name,
        "best_peer": best,
        "ratio": round(ratio, 2),
        "limit_fraction": None if fraction is None else round(fraction, 2),
        "gate": case.gate,
        "moonshot": case.moonshot,
        "verdict": "skipped" if case.gate is None else "pass" if passed else "fail",
        "ours_us": round(seconds[OURS].median * 1e6, 1),
    }


def machine() -> dict[str, str]:
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        model = next(
            (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model
        )
    versions = {name: version(name) for name in ("numba", "numpy", "torch")}
    return {
        "cpu": model,
        "date": datetime.now().date().isoformat(),
        "python": platform.python_version(),
        **versions,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernels", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", default="", help="part of a kernel's name", metavar="TEXT")
    options = parser.parse_args()
    # torch announces the end of its quantized layers; they are still the peers.
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    about = machine()
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    missing = [name for name in ("scipy",) if not find_spec(name)]
    if missing:
        print("peers not installed, skipped:", ", ".join(missing))
    print(
        f"{'kernel':32} {'size':18} {'tier':8} {'us':>9} {'ratio':>6} {'limit':>6} {'gate':>5} {'moon':>5} verdict, best peer"
    )
    results = []
    for case in all_cases():
        if options.only not in case.name:
            continue
        row = measure(case)
        results.append(row)
        shown = {key: "-" if value is None else value for key, value in row.items()}
        print(
            f"{row['name']:32} {row['size']:18} {row['tier']:8} {row['ours_us']:>9} {row['ratio']:>6}"
            f" {shown['limit_fraction']:>6} {shown['gate']:>5} {shown['moonshot']:>5} {row['verdict']}, {row['best_peer']}",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps({"machine": about, "kernels": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
