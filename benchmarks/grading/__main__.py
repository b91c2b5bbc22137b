"""Judging submissions beside a cold process each, otter-grader and nbgrader: `python -m benchmarks.grading`.

All grade the same files by the same checks on the same inputs. The peers are installed into an environment of their own.
"""

import argparse
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.grading.cases import CASES
from benchmarks.grading.measure import Figures, measure
from benchmarks.grading.peers.cold import ColdProcess
from benchmarks.grading.peers.environment import peers_environment
from benchmarks.grading.peers.nbgrader import Nbgrader
from benchmarks.grading.peers.otter import Otter
from benchmarks.grading.peers.peer import Peer
from grader.sandbox import choose_profile

ROOT = Path(__file__).resolve().parents[2]
GOAL = 20  #: times the throughput of each peer


def main() -> None:
    options = _options()
    profile = options.profile or choose_profile().profile
    about = {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "profile": profile,
    }
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    peers: list[Peer] = [ColdProcess()]
    if not options.without_notebooks:
        environment = peers_environment(options.peers or ROOT / "var" / "benchmark-peers")
        peers += [Otter(environment), Nbgrader(environment)]
    found = []
    for case in CASES:
        if options.only in f"{case.library} {case.slug}":
            found.append(measure(case, profile, peers, options.rounds))
            print("\n".join(lines(found[-1])), flush=True)
    if options.json:
        report = {"about": about, "goal": GOAL, "cases": [as_json(figures) for figures in found]}
        options.json.write_text(json.dumps(report, indent=2) + "\n")


def lines(figures: Figures) -> Iterator[str]:
    ours = figures.ours
    yield f"\n{figures.slug} ({figures.library})"
    yield f"  correct          {ours.correct}"
    yield f"  wrong            {ours.wrong}"
    if ours.whole is not None:
        yield f"  with its race    {ours.whole}"
    yield "  spent on         " + ", ".join(f"{name} {s * 1e3:.0f} ms" for name, s in ours.stages_s.items())
    yield f"  two judges       {ours.per_s:.1f} submissions/s"
    for peer in figures.peers:
        verdict = "reached" if figures.ratio(peer) >= GOAL else "missed"
        yield f"  {peer.name:16} {peer.correct}  {peer.per_s:.2f}/s"
        yield f"  {'':16} {figures.ratio(peer):.0f} times its throughput, goal {GOAL} {verdict}; "
        yield f"  {'':16} {peer.correct.p50_s / ours.correct.p50_s:.0f} times as fast"


def as_json(figures: Figures) -> dict[str, object]:
    ratios = {
        peer.name: {
            "throughput": figures.ratio(peer),
            "latency": peer.correct.p50_s / figures.ours.correct.p50_s,
        }
        for peer in figures.peers
    }
    return asdict(figures) | {"ratios": ratios}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=__doc__)
    parser.add_argument("--profile", choices=["A", "B"])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="part of a library's or an exercise's name"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="environment of the peers; made if missing")
    parser.add_argument("--without-notebooks", action="store_true", help="only the cold process as a peer")
    return parser.parse_args()


if __name__ == "__main__":
    main()
