"""One case: ours, then every peer, in the same run."""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grading.cases import Case
from benchmarks.grading.peers.peer import Course, Peer
from benchmarks.grading.timing import Spread, spread, timed
from benchmarks.grading.warm import WarmJudge, throughput

JUDGES = 2  #: as many as the machine has cores


@dataclass(frozen=True)
class Ours:
    correct: Spread
    wrong: Spread  #: mistake named, input shrunk
    per_s: float  #: correct submissions, two judges
    stages_s: dict[str, float]
    whole: Spread | None  #: correct, with the checks that peers are spared


@dataclass(frozen=True)
class Theirs:
    name: str
    correct: Spread
    per_s: float  #: two at a time


@dataclass(frozen=True)
class Figures:
    library: str
    slug: str
    ours: Ours
    peers: tuple[Theirs, ...]

    def ratio(self, peer: Theirs) -> float:
        """Of throughput."""
        return self.ours.per_s / peer.per_s


def measure(case: Case, profile: str, peers: Sequence[Peer], rounds: int) -> Figures:
    return Figures(
        case.library,
        case.slug,
        _ours(case, profile, rounds),
        tuple(_theirs(peer, case, max(2, rounds // 10)) for peer in peers),
    )


def _ours(case: Case, profile: str, rounds: int) -> Ours:
    judge = WarmJudge(case, profile)
    try:
        _agree("Prova", judge.share(case.correct), [judge.share(path) for path in case.wrong])
        correct, wrong = judge.latency([case.correct], rounds), judge.latency(case.wrong, rounds)
        stages_s = judge.stages(max(5, rounds // 4))
    finally:
        judge.close()
    per_s = throughput(case, profile, rounds, JUDGES)
    return Ours(correct, wrong, per_s, stages_s, _whole(case, profile, rounds) if case.spared else None)


def _whole(case: Case, profile: str, rounds: int) -> Spread:
    judge = WarmJudge(case.whole, profile)
    try:
        return judge.latency([case.correct], max(2, rounds // 4))
    finally:
        judge.close()


def _theirs(peer: Peer, case: Case, rounds: int) -> Theirs:
    with tempfile.TemporaryDirectory() as folder:
        courses = [peer.course(case, _new(Path(folder) / str(number))) for number in range(JUDGES)]
        correct, *wrong = courses[0].shares([case.correct, *case.wrong])
        _agree(peer.name, correct, wrong)
        latency = spread(timed(lambda: courses[0].shares([case.correct]), rounds))
        return Theirs(peer.name, latency, _per_s(courses, case.correct, rounds))


def _per_s(courses: list[Course], source: Path, rounds: int) -> float:
    with ThreadPoolExecutor(len(courses)) as threads:
        started = time.perf_counter()
        list(threads.map(lambda course: course.shares([source] * rounds), courses))
        return len(courses) * rounds / (time.perf_counter() - started)


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _agree(name: str, correct: float, wrong: list[float]) -> None:
    """Who does not tell right from wrong is not timed. RuntimeError."""
    if correct != 1 or any(share == 1 for share in wrong):
        raise RuntimeError(f"{name} gives {correct:.2f} for the correct file, {wrong} for the wrong ones")
