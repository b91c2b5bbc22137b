"""What a session costs: opening, calling, sessions a second; beside it the peer, a cold process that does the same.

    python -m benchmarks.sandbox [--imports numpy,torch,numba] [--samples 50] [--spares 0,1,2] [--memory]

`--spares` compares how many prepared children are kept; `--memory` states what a grading worker, one more worker and
one more open session take. The peer is not even locked down: an interpreter is started, imports the same libraries, runs the function once.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from benchmarks import memory
from grader.sandbox import Limits, Profile, Session, Zygote
from grader.sandbox.profiles import inspect_machine

SOURCE = "def multiply(a, b):\n    return a * b\n\n\ndef echo(x):\n    return x\n"
LIMITS = Limits(call_cpu_s=60, session_cpu_s=600, call_wall_s=60, memory_bytes=2 << 30)
WHILE_A_SPARE_GETS_READY_S = 0.05
CALLS_EACH = 200
SESSIONS_AT_ONCE = 8


@dataclass(frozen=True)
class Spread:
    p50_ms: float
    p95_ms: float

    def __str__(self) -> str:
        return f"{self.p50_ms:9.2f} / {self.p95_ms:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description="Sessions of the sandbox, against a cold process.")
    parser.add_argument("--imports", default="numpy", help="what the sandbox has ready")
    parser.add_argument("--samples", type=int, default=50)
    parser.add_argument("--spares", default="", help="numbers of prepared children to compare, as 0,1,2")
    parser.add_argument("--memory", action="store_true", help="of workers and sessions; needs root")
    asked = parser.parse_args()
    imports = tuple(asked.imports.split(","))
    load = os.getloadavg()[0]
    print(
        f"{platform.release()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}; {asked.imports}\n"
    )
    cold = spread(lambda: cold_process(imports), max(3, asked.samples // 10))
    print(f"{'':34}{'p50 / p95':>20}   cold process / this")
    print(f"{'cold process, one call':34}{cold}")
    machine = inspect_machine(imports)
    for profile in Profile:
        if machine.missing(profile):
            print(f"profile {profile} is not possible here: {' '.join(machine.missing(profile))}")
            continue
        measure(profile, imports, asked.samples, cold)
        for spares in filter(None, asked.spares.split(",")):
            compare_spares(profile, imports, asked.samples, int(spares))
        if asked.memory:
            measure_memory(profile, imports)


def measure(profile: Profile, imports: tuple[str, ...], samples: int, cold: Spread) -> None:
    with Zygote(profile, imports) as zygote:
        print(f"\nprofile {profile}, zygote ready in {zygote.start_s:.1f} s")
        one_session(zygote)
        whole = spread(lambda: one_session(zygote), samples, pause_s=WHILE_A_SPARE_GETS_READY_S)
        show("a session: open, one call, close", whole, cold)
        show("open", spread_of_opening(zygote, samples), cold)
        with zygote.open(SOURCE, LIMITS) as session:
            for name, call in calls(session):
                show(name, spread(call, CALLS_EACH), cold)
        rate = sessions_per_second(zygote, samples)
        print(f"{'  sessions/s, one after the other':34}{rate:9.0f}{'':14}x {rate * cold.p50_ms / 1000:.0f}")


def compare_spares(profile: Profile, imports: tuple[str, ...], samples: int, spares: int) -> None:
    """With time for a spare to get ready between two sessions, and two sessions at once, as a submission opens them."""
    with Zygote(profile, imports, spares=spares) as zygote:
        one_session(zygote)
        single = spread(lambda: one_session(zygote), samples, pause_s=WHILE_A_SPARE_GETS_READY_S)
        pair = spread(lambda: two_sessions(zygote), samples, pause_s=WHILE_A_SPARE_GETS_READY_S)
        rate = sessions_per_second(zygote, samples)
    print(f"  {spares} spare: one session {single}, two at once {pair}, {rate:.0f} sessions/s")


def two_sessions(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as one, zygote.open(SOURCE, LIMITS) as two:
        assert one.call("multiply", [2.0, 3.0]) == two.call("multiply", [3.0, 2.0])


def measure_memory(profile: Profile, imports: tuple[str, ...]) -> None:
    for sandboxes in (("numpy",), ("numpy", "numpy,torch,numba")):
        alone, added = memory.of_an_extra_worker(profile, sandboxes)
        names = " and ".join(sandboxes)
        print(f"  a worker with sandboxes of {names}: {_mib(alone)}; one more adds {_mib(added)}")
    with Zygote(profile, imports, spares=0) as zygote:
        before = memory.share_bytes([zygote.pid])
        with ExitStack() as sessions:
            for _ in range(SESSIONS_AT_ONCE):
                sessions.enter_context(zygote.open(SOURCE, LIMITS))
            added = memory.share_bytes([zygote.pid]) - before
    print(
        f"  an open session of {','.join(imports)}: {_mib(added / SESSIONS_AT_ONCE)}; its zygote {_mib(before)}"
    )


def _mib(byte_count: float) -> str:
    return f"{byte_count / (1 << 20):.1f} MiB"


def calls(session: Session) -> list[tuple[str, Callable[[], object]]]:
    small, large = np.zeros(25_600, np.float32), np.zeros(262_144, np.float32)
    return [
        ("call, two numbers", lambda: session.call("multiply", [2.0, 3.0])),
        ("call, 100 KB in and out", lambda: session.call("echo", [small])),
        ("call, 1 MB in and out", lambda: session.call("echo", [large])),
    ]


def one_session(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as session:
        assert session.call("multiply", [2.0, 3.0]) == 6.0


def spread_of_opening(zygote: Zygote, samples: int) -> Spread:
    times_s = []
    for _ in range(samples):
        time.sleep(WHILE_A_SPARE_GETS_READY_S)
        started = time.perf_counter()
        session = zygote.open(SOURCE, LIMITS)
        times_s.append(time.perf_counter() - started)
        session.close()
    return percentiles(times_s)


def sessions_per_second(zygote: Zygote, samples: int) -> float:
    started = time.perf_counter()
    for _ in range(samples):
        one_session(zygote)
    return samples / (time.perf_counter() - started)


def cold_process(imports: tuple[str, ...]) -> None:
    program = f"import {', '.join(imports)}\n{SOURCE}\nassert multiply(2.0, 3.0) == 6.0"
    subprocess.run([sys.executable, "-c", program], check=True, env={"OMP_NUM_THREADS": "1"})


def spread(action: Callable[[], object], samples: int, pause_s: float = 0.0) -> Spread:
    times_s = []
    for _ in range(samples):
        time.sleep(pause_s)
        started = time.perf_counter()
        action()
        times_s.append(time.perf_counter() - started)
    return percentiles(times_s)


def percentiles(times_s: list[float]) -> Spread:
    cuts = statistics.quantiles(times_s, n=20, method="inclusive")
    return Spread(p50_ms=1000 * cuts[9], p95_ms=1000 * cuts[18])


def show(name: str, measured: Spread, cold: Spread) -> None:
    print(f"  {name:32}{measured}   x {cold.p50_ms / measured.p50_ms:.0f}")


if __name__ == "__main__":
    main()
