"""Opens sessions of a student's file on the student's own machine, each in a plain process of its own."""

import importlib.resources
import json
import os
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from types import TracebackType

from grader.own_process.session import OwnSession
from grader.sandbox import runtime
from grader.sandbox.floats import same_everywhere
from grader.sandbox.limits import Limits

_HARNESS = (
    "frames",
    "wire_format",
    "wire_writer",
    "wire_reader",
    "wire",
    "own_modules",
    "answering",
    "warm",
    "own_process",
)
MOST_SPARES = min(3, os.cpu_count() or 1)
_FLAGS = ("-B", "-P", "-S")
#: As launch.BOOT, with the bundle's length as the first argument, since standard input goes on after it.
_BOOT = """
import json, os, sys, types
data = b""
while len(data) < int(sys.argv[1]):
    data += os.read(0, int(sys.argv[1]) - len(data))
bundle = json.loads(data)
package = types.ModuleType("harness")
package.__path__ = []
sys.modules["harness"] = package
import site
site.main()
for name, source in bundle["modules"].items():
    module = types.ModuleType("harness." + name)
    module.__package__ = "harness"
    sys.modules[module.__name__] = module
    setattr(package, name, module)
    exec(compile(source, "harness/" + name + ".py", "exec"), module.__dict__)
package.own_process.main(bundle["config"])
"""


class OwnMachine:
    """Stands in a judge where a zygote stands on the site. Nothing can be forked here: processes are started ahead, more of
    them the more were needed, as importing torch takes seconds."""

    profile = ""  # none

    def __init__(self, imports: Sequence[str] = ("numpy",)) -> None:
        """ModuleNotFoundError: one of the imports is not installed."""
        self.imports = ["numpy", *(name for name in imports if name != "numpy")]
        packages = {entry.name.partition(".")[0] for entry in runtime.package_entries(tuple(self.imports))}
        config = {"imports": self.imports, "packages": sorted(packages)}
        self._bundle = json.dumps({"modules": _harness(), "config": config}).encode()
        self.versions: dict[str, str] = {}
        self._opened = 0
        self._spares = deque([self._prepared()])

    def open(
        self,
        source: str,
        limits: Limits | None = None,
        seed: int = 0,
        support: str | None = None,
        modules: Mapping[str, str] | None = None,
    ) -> OwnSession:
        """StudentError, SessionEnded: the file does not load. SystemFailure: Python does not start a process here."""
        session = self._spares.popleft() if self._spares else self._prepared()
        self._opened += 1
        while len(self._spares) < min(self._opened, MOST_SPARES):
            self._spares.append(self._prepared())
        try:
            session.open(source, limits or Limits(), seed, support, modules)
        except BaseException:
            session.close()
            raise
        self.versions = session.versions
        return session

    def close(self) -> None:
        while self._spares:
            self._spares.pop().close()

    def __enter__(self) -> "OwnMachine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepared(self) -> OwnSession:
        return OwnSession([sys.executable, *_FLAGS, "-c", _BOOT], _environment(), self._bundle)


def _environment() -> dict[str, str]:
    """One's own, and what makes sums come out as on the site."""
    one_thread = {
        f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM")
    }
    fixed = {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "TORCH_COMPILE_DISABLE": "1",
    }
    return {**os.environ, **one_thread, **fixed, **same_everywhere()}


def _harness() -> dict[str, str]:
    folder = importlib.resources.files("grader.sandbox.harness")
    return {name: (folder / f"{name}.py").read_text(encoding="utf-8") for name in _HARNESS}
