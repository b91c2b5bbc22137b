"""The peers' packages in a virtual environment of their own, which also sees the libraries that Prova has."""

import os
import subprocess
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PINNED = Path(__file__).with_name("requirements.txt")


@dataclass(frozen=True)
class Environment:
    folder: Path

    @property
    def programs(self) -> Path:
        return self.folder / "bin"

    def run(self, *command: str, cwd: Path) -> str:
        """Standard output. RuntimeError: the program failed; with the end of what it said."""
        done = subprocess.run(
            [str(self.programs / command[0]), *command[1:]],
            cwd=cwd,
            capture_output=True,
            text=True,
            env=os.environ | self._variables(),
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def _variables(self) -> dict[str, str]:
        # a kernel or an autograder is started by name
        return {"PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def peers_environment(folder: Path) -> Environment:
    """Made at the first use and after the list has changed; downloads some 200 MB. CalledProcessError: pip failed."""
    stamp = folder / "installed.txt"
    if not (stamp.exists() and stamp.read_bytes() == PINNED.read_bytes()):
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--requirement", str(PINNED)],
            check=True,
        )
        _see_our_libraries(folder)
        stamp.write_bytes(PINNED.read_bytes())
    return Environment(folder)


def _see_our_libraries(folder: Path) -> None:
    """torch and numba once more would be another gigabyte; the peers' own packages come first."""
    packages = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    (Path(packages) / "prova.pth").write_text(sysconfig.get_path("purelib") + "\n")
