"""SIGKILL of a process of the site, again and again while an exam is on."""

import random
import threading
import time
from types import TracebackType

from tests.site import Site

#: of the embedded site, whose supervisor starts them again
PROCESSES = ("web", "postgres", "valkey", "sweeper", "web-worker")


class Faults:
    """``with Faults(site, times=20, seconds=110, seed=1) as faults: …``; `killed` names what was killed, in order."""

    def __init__(self, site: Site, *, times: int, seconds: float, seed: int, delay_s: float = 0) -> None:
        self._site = site
        self._draw = random.Random(seed)
        self._moments = sorted(delay_s + self._draw.uniform(0, seconds) for _ in range(times))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)
        self.killed: list[str] = []
        self.problem: BaseException | None = None

    def __enter__(self) -> "Faults":
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(90)
        if self.problem is not None and error is None:
            raise self.problem

    def _go(self) -> None:
        try:
            for moment in self._moments:
                if self._stop.wait(max(0.0, self._began + moment - time.monotonic())):
                    return
                self.killed.append(name := self._draw.choice(PROCESSES))
                self._site.kill(name)
        except BaseException as problem:  # shown by the thread that waits for this one
            self.problem = problem
