"""What solutions and mutants of an exercise state about themselves in their first line.

# fails: a, b[slip], c<0.5, d[slip]=carried      a mutant: `a` loses points; `b` does, and names that mistake; `c` earns
                                                 less than half of its points; `d` only repeats what another check pays
# reaches: c>=0.8                                a solution: `c` earns at least this share; all others all points
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from grader.errors import BadExercise
from grader.report import CheckResult, Verdict

_FAILS = re.compile(r"#\s*fails:\s*(.+)")
_FAILURE = re.compile(r"(\w+)(?:\[(\w+)\])?(?:<(\d*\.?\d+)|(=carried))?")
_REACHES = re.compile(r"#\s*reaches:\s*(.+)")
_REACHED = re.compile(r"(\w+)>=(\d*\.?\d+)")


@dataclass(frozen=True)
class ExpectedFailure:
    check: str
    slip: str | None = None
    below: float | None = None  #: share of the points; None: not all of them
    carried: bool = False

    def problems(self, result: CheckResult) -> list[str]:
        return [*self._wrong_points(result), *self._wrong_slip(result)]

    def _wrong_points(self, result: CheckResult) -> list[str]:
        if self.carried:
            met = result.verdict is Verdict.CARRIED
            return (
                [] if met else [f"{self.check} should be carried by another check, but is {result.verdict}"]
            )
        if result.verdict.earns_all:
            return [
                f"passes {self.check}" if result.verdict is Verdict.PASSED else f"{self.check} is carried"
            ]
        if self.below is not None and share(result) >= self.below:
            return [f"{self.check} earns {share(result):.2f} of its points, not less than {self.below:g}"]
        return []

    def _wrong_slip(self, result: CheckResult) -> list[str]:
        if self.slip is None or result.verdict is Verdict.PASSED or self.slip == told(result):
            return []
        return [f"{self.check} should name {self.slip}, but says {told(result)}"]


def expected_failures(path: Path, checks: Collection[str]) -> tuple[ExpectedFailure, ...]:
    """Of a mutant. BadExercise: its first line cannot be read."""
    parts = _parts(path, _FAILS, _FAILURE)
    if not parts:
        raise BadExercise(
            path, "the first line must read `# fails: check, check[slip]`, or check<0.5, or check=carried."
        )
    return tuple(
        ExpectedFailure(
            _known(part[1], checks, path), part[2], float(part[3]) if part[3] else None, bool(part[4])
        )
        for part in parts
    )


def reached_shares(path: Path, checks: Collection[str]) -> dict[str, float]:
    """Of a solution: less than all points, by name of the check. Empty where the first line says nothing."""
    if not _REACHES.match(_first_line(path)):
        return {}
    parts = _parts(path, _REACHES, _REACHED)
    if not parts:
        raise BadExercise(path, "write the first line as `# reaches: check>=0.8`.")
    return {_known(part[1], checks, path): float(part[2]) for part in parts}


def share(result: CheckResult) -> float:
    return result.points / result.max_points


def told(check: CheckResult) -> str:
    return check.slip or (check.message.key if check.message else "")


def _parts(path: Path, line: re.Pattern[str], part: re.Pattern[str]) -> list[re.Match[str]]:
    """Empty: not written like that."""
    found = line.match(_first_line(path))
    parts = [part.fullmatch(text.strip()) for text in found[1].split(",")] if found else []
    return [one for one in parts if one] if all(parts) else []


def _first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0]


def _known(check: str, checks: Collection[str], path: Path) -> str:
    if check not in checks:
        raise BadExercise(path, f"the first line names {check}, which is not a check of checks.py.")
    return check
