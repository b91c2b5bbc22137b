"""A folder of `hostile/` as an exercise of its own: one check per call, judged like any other exercise."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader import expect
from grader.checklist import CheckInfo
from grader.checks import Check
from grader.exercise import EXERCISES_FOLDER, ExerciseLimits, read_exercise
from grader.judge import Gradable

HOSTILE = Path(__file__).with_name("hostile")
_LIMITS: dict[str, Any] = {
    "call_cpu_s": 0.2,
    "check_cpu_s": 6.0,
    "total_cpu_s": 6.0,
    "total_wall_s": 20.0,
    "memory_mib": 256,
}
_CALL_KEYS = {"function", "args", "check", "hidden", "verdict", "returns", "key", "line", "says", "says_not"}
_CASE_KEYS = {"cases", "class", "title", "imports", "forbidden", "modules", "profiles", "repeat", "limits"}
_CASE_KEYS |= {"load", "call", "prints", "prints_not", "notices"}


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What must come of one call, or of loading the file. `keys`: of the message that the learner reads."""

    verdicts: tuple[str, ...]  #: several where either is right; none: of loading
    keys: tuple[str, ...] = ()
    line: int | None = None
    says: tuple[str, ...] = ()  #: in the sentence, whatever its language
    says_not: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class HostileCase:
    name: str
    numbers: tuple[int, ...]
    kind: str  #: a ... e
    title: str
    source: str
    modules: Mapping[str, str]  #: further files of the submission
    imports: tuple[str, ...]
    forbidden: tuple[str, ...]
    profiles: tuple[str, ...]
    repeat: int  #: how often it is judged, to see what one job leaves for the next
    limits: ExerciseLimits
    load: Expected | None
    calls: tuple[Expected, ...]
    checks: tuple[Check, ...] = field(repr=False)
    prints: tuple[str, ...] = ()
    prints_not: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()  #: keys, one of each kind

    def gradable(self) -> Gradable:
        exercise = replace(
            read_exercise(EXERCISES_FOLDER / "affine-quantization"),
            slug="hostile",
            support=None,
            messages={},
            checks=tuple(check.info for check in self.checks),
            imports=self.imports,
            forbidden=self.forbidden,
            limits=self.limits,
        )
        return Gradable(exercise, self.checks)


def find_cases() -> list[Path]:
    """Folders that hold a submission to judge."""
    return sorted(
        path.parent for path in HOSTILE.glob("*/expect.toml") if (path.parent / "submission.py").exists()
    )


def read_case(folder: Path, words: Mapping[str, str] | None = None) -> HostileCase:
    """`words` are put in place of `{word}` in arguments and expected texts."""
    about = _filled(tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8")), words or {})
    assert set(about) <= _CASE_KEYS, f"{folder.name}: {set(about) - _CASE_KEYS}"
    calls = about.get("call", [])
    assert bool(calls) != ("load" in about), f"{folder.name}: it either loads and is called, or does not load"
    return HostileCase(
        name=folder.name,
        numbers=tuple(about["cases"]),
        kind=about["class"],
        title=about["title"],
        source=(folder / "submission.py").read_text(encoding="utf-8"),
        modules=about.get("modules", {}),
        imports=tuple(about.get("imports", ["numpy"])),
        forbidden=tuple(about.get("forbidden", [])),
        profiles=tuple(about.get("profiles", "AB")),
        repeat=about.get("repeat", 1),
        limits=ExerciseLimits(**(_LIMITS | about.get("limits", {}))),
        load=_expected(about["load"]) if "load" in about else None,
        calls=tuple(map(_expected, calls)),
        checks=tuple(_check(number, call) for number, call in enumerate(calls or [{}], 1)),
        prints=tuple(about.get("prints", [])),
        prints_not=tuple(about.get("prints_not", [])),
        notices=tuple(about.get("notices", [])),
    )


def _expected(table: Mapping[str, Any]) -> Expected:
    assert set(table) <= _CALL_KEYS, set(table) - _CALL_KEYS
    return Expected(
        verdicts=_several(table.get("verdict", [])),
        keys=_several(table.get("key", [])),
        line=table.get("line"),
        says=tuple(table.get("says", [])),
        says_not=tuple(table.get("says_not", [])),
        hidden=table.get("hidden", False),
    )


def _check(number: int, call: Mapping[str, Any]) -> Check:
    info = CheckInfo(name=f"call_{number}", points=1.0, visible=not call.get("hidden", False))
    return Check(
        info=info, function=_written(call["check"]) if "check" in call else _plain(call), strategies={}
    )


def _plain(call: Mapping[str, Any]) -> Callable[[Any], None]:
    def function(solution: Any) -> None:
        got = getattr(solution, call.get("function", "f"))(*call.get("args", []))
        if "returns" in call:
            expect.that(repr(got) == call["returns"], "wrong_value", got=repr(got), expected=call["returns"])

    return function


def _written(text: str) -> Callable[[Any], None]:
    """A check as an author writes it, with `solution`, `expect` and `np`."""
    code = compile(text, "check", "exec")
    return lambda solution: exec(code, {"solution": solution, "expect": expect, "np": np})  # noqa: S102


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(item, words) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, words) for key, item in value.items()}
    if isinstance(value, str):
        for word, text in words.items():
            value = value.replace(f"{{{word}}}", text)
    return value
