"""The figures of a burst, in words and as JSON. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.burst.figures import Row, Waits, drained_s, first_come_first_served, waits, while_waiting
from benchmarks.burst.plan import Kind


def figures(rows: Sequence[Row], graders: int, counts: Mapping[str, int]) -> dict[str, Any]:
    eager = [row for row in rows if row.kind == Kind.EAGER]
    others = [row for row in rows if row.kind != Kind.EAGER]
    beside = while_waiting(others, eager) if eager else []
    fifo = first_come_first_served(rows, graders)
    fifo_eager = [row for row in fifo if row.kind == Kind.EAGER]
    fifo_others = [row for row in fifo if row.kind != Kind.EAGER]
    return {
        "drained_s": drained_s(rows),
        "per_second": len(rows) / drained_s(rows),
        "counts": dict(counts),
        "waits": {kind: _as_dict(_waits(rows, kind)) for kind in Kind},
        "others while the one has many waiting": _as_dict(waits([row.waited_s for row in beside])),
        "peer, first come first served: others": _as_dict(waits([row.waited_s for row in fifo_others])),
        "peer, others while the one has many waiting": _as_dict(
            waits([row.waited_s for row in while_waiting(fifo_others, fifo_eager)] if fifo_eager else [])
        ),
    }


def table(found: Mapping[str, Any]) -> str:
    lines = [
        "| until a grader begins | n | p50 s | p95 s | max s |",
        "| --- | --- | --- | --- | --- |",
    ]
    entries = {**found["waits"], **{name: each for name, each in found.items() if "p50_s" in _keys(each)}}
    lines += [
        f"| {name} | {each['count']} | {each['p50_s']:.2f} | {each['p95_s']:.2f} | {each['max_s']:.2f} |"
        for name, each in entries.items()
    ]
    lines.append("")
    lines.append(f"drained in {found['drained_s']:.1f} s, {found['per_second']:.1f} submissions/s")
    lines.append(", ".join(f"{name}: {count}" for name, count in found["counts"].items()))
    return "\n".join(lines)


def _waits(rows: Sequence[Row], kind: Kind) -> Waits:
    return waits([row.waited_s for row in rows if row.kind == kind])


def _as_dict(each: Waits) -> dict[str, float]:
    return {"count": each.count, "p50_s": each.p50_s, "p95_s": each.p95_s, "max_s": each.max_s}


def _keys(value: object) -> set[str]:
    return set(value) if isinstance(value, dict) else set()
