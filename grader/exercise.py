"""An exercise as its author wrote it: plain values read from a folder. Standard library only; nothing is executed.

What `checks.py` contains is read from its syntax tree, so the site can list checks without importing them.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from grader.checklist import CheckInfo, read_checklist
from grader.errors import BadExercise
from grader.leaderboard import Leaderboard, read_leaderboard
from grader.references import Reference
from grader.toml_table import LANGUAGES, Texts, only_known, read_text, read_toml, texts_of

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LEVELS = ("introductory", "intermediate", "advanced")
KNOWN_IN_TOML = {
    "title",
    "summary",
    "topics",
    "level",
    "prerequisites",
    "imports",
    "forbidden",
    "functions",
    "limits",
    "leaderboard",
}
EXERCISES_FOLDER = Path(__file__).resolve().parents[1] / "questionbank" / "content" / "exercises"


@dataclass(frozen=True, kw_only=True)
class FunctionSignature:
    name: str
    signature: str  #: as Python source: "quantize(x, scale, zero_point, bits)"


@dataclass(frozen=True, kw_only=True)
class ExerciseLimits:
    """CPU time is what counts; wall time is only a safety net for code that waits."""

    call_cpu_s: float = 1.0
    check_cpu_s: float = 5.0
    total_cpu_s: float = 20.0
    judge_cpu_s: float = 2.0  #: of our own, per check: reading and comparing what the learner's code returned
    call_wall_s: float = 5.0
    total_wall_s: float = 30.0  #: no call starts later
    memory_mib: int = 512
    source_kib: int = 64
    reply_items: int = 20_000  #: values in one answer; an array is one value
    shrink_calls: int = 400  #: spent on making a failing example smaller, per check
    examples_per_check: int = 50


LONGEST_GRADING_S = 60.0  #: of one submission; the site's lease has to be more than twice as long
SESSION_END_WALL_S = 12.0  #: until it is known how a session ended, at worst
PATIENCE_S = 6.0  #: one submission waits no longer for other judges of its machine


def worst_case_wall_s(limits: ExerciseLimits) -> float:
    """The last call, or the last loading of the file, starts when all time is almost over. Shrinking and repeats are part
    of it. On a slow or busy machine calls may take longer; LONGEST_GRADING_S cuts them off then (`Run.hard_end`)."""
    return limits.total_wall_s + PATIENCE_S + limits.call_wall_s + SESSION_END_WALL_S


def widened(limits: ExerciseLimits, cpu_scale: float) -> ExerciseLimits:
    """The same amount of work on a machine that needs `cpu_scale` times as long for it. Wall time stays."""
    return replace(
        limits,
        call_cpu_s=limits.call_cpu_s * cpu_scale,
        check_cpu_s=limits.check_cpu_s * cpu_scale,
        total_cpu_s=limits.total_cpu_s * cpu_scale,
        judge_cpu_s=limits.judge_cpu_s * cpu_scale,
    )


@dataclass(frozen=True, kw_only=True)
class Exercise:
    slug: str
    version: str  #: hash of everything a learner or the judge sees; solutions and mutants are not part of it
    folder: Path
    titles: Texts
    summaries: Texts
    statements: Texts  #: CommonMark with $…$
    topics: tuple[str, ...]
    level: str
    starter: str
    support: str | None
    baseline: str | None  #: whose functions the learner's race against; never shown
    functions: tuple[FunctionSignature, ...]
    checks: tuple[CheckInfo, ...]
    messages: Mapping[str, Texts]  #: slips by key, titles of checks as "checks.NAME"
    imports: tuple[str, ...]  #: what the sandbox has ready: "numpy", "torch", "numba"
    limits: ExerciseLimits
    references: Mapping[str, Reference] = field(default_factory=dict)  #: by the keys of `messages`
    #: names to do without, "numpy.fft": a hint to the instructor, never a mark
    forbidden: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()  #: slugs of exercises to do before: a hint, never a lock
    leaderboard: Leaderboard | None = None

    @property
    def max_score(self) -> float:
        return sum(check.points for check in self.checks)

    def check_title(self, name: str, language: str) -> str:
        texts = self.messages.get(f"checks.{name}", {})
        return texts.get(language.lower()) or texts.get("en") or name.replace("_", " ")


def read_exercise(folder: Path | str) -> Exercise:
    """Read and validate. BadExercise: the author's turn; the text names the file and the remedy."""
    folder = Path(folder)
    if not (folder / "exercise.toml").is_file():
        raise BadExercise(
            folder / "exercise.toml",
            "not found. An exercise is a folder that has this file (grader/README.md).",
        )
    about = read_toml(folder / "exercise.toml")
    only_known(about, KNOWN_IN_TOML, folder / "exercise.toml")
    checks = read_checklist(folder / "checks.py")
    messages, references = _messages(folder / "messages.toml")
    _every_check_has_a_title(checks, messages, folder / "messages.toml")
    return Exercise(
        slug=folder.name,
        version=content_hash(folder),
        folder=folder,
        titles=texts_of(about, "title", folder / "exercise.toml"),
        summaries=texts_of(about, "summary", folder / "exercise.toml"),
        statements={language: read_text(folder / f"statement.{language}.md") for language in LANGUAGES},
        topics=tuple(about.get("topics", ())),
        level=_level(about, folder / "exercise.toml"),
        starter=read_text(folder / "starter.py"),
        support=read_text(folder / "support.py") if (folder / "support.py").exists() else None,
        baseline=read_text(folder / "baseline.py") if (folder / "baseline.py").exists() else None,
        functions=_functions(about, folder / "exercise.toml"),
        checks=checks,
        messages=messages,
        imports=tuple(about.get("imports", ("numpy",))),
        limits=_limits(about, folder / "exercise.toml"),
        forbidden=_forbidden(about, folder / "exercise.toml"),
        references=references,
        prerequisites=_prerequisites(about, folder),
        leaderboard=read_leaderboard(about.get("leaderboard"), checks, folder / "exercise.toml"),
    )


def find_exercises(root: Path | str = EXERCISES_FOLDER) -> list[Path]:
    """Folders of all exercises below `root`, by slug."""
    return sorted(path.parent for path in Path(root).glob("*/exercise.toml"))


VERSIONED_FILES = (
    "exercise.toml",
    "checks.py",
    "support.py",
    "baseline.py",
    "data.npz",
    "starter.py",
    "messages.toml",
    *(f"statement.{language}.md" for language in LANGUAGES),
)


def content_hash(folder: Path) -> str:
    """Of names and contents; line endings do not count, so a checkout on another system has the same version."""
    digest = hashlib.sha256()
    for name in VERSIONED_FILES:
        if (folder / name).is_file():
            content = (folder / name).read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:24]


def _messages(path: Path) -> tuple[dict[str, dict[str, str]], dict[str, Reference]]:
    """Titles of checks as "checks.NAME" and slips by key: their texts, and the references of those that have one."""
    tables = read_toml(path)
    only_known(tables, {"checks", "slips"}, path)
    texts: dict[str, dict[str, str]] = {}
    references: dict[str, Reference] = {}
    for prefix, entries in (("checks.", tables.get("checks", {})), ("", tables.get("slips", {}))):
        for name, entry in entries.items():
            if isinstance(entry, dict) and (found := _reference(entry, name, path)):
                references[prefix + name] = found
                entry = {key: text for key, text in entry.items() if key not in {"formula", "source"}}
            texts[prefix + name] = texts_of({name: entry}, name, path)
    return texts, references


def _reference(entry: Mapping[str, Any], name: str, path: Path) -> Reference | None:
    if not {"formula", "source"} & set(entry):
        return None
    formula, source = entry.get("formula", ""), entry.get("source", {})
    if isinstance(source, str):
        source = dict.fromkeys(LANGUAGES, source)
    if not isinstance(formula, str) or ("formula" in entry and not formula.strip()):
        raise BadExercise(path, f"[{name}] formula must be a text with TeX, without dollar signs.")
    given = texts_of({f"{name}.source": source}, f"{name}.source", path) if source else {}
    return Reference(formula=formula.strip(), source=given)


def _every_check_has_a_title(checks: tuple[CheckInfo, ...], messages: Mapping[str, Any], path: Path) -> None:
    names = {f"checks.{check.name}" for check in checks}
    if missing := [name for name in sorted(names) if name not in messages]:
        raise BadExercise(path, f"add a table [{missing[0]}] with a title in {' and '.join(LANGUAGES)}.")
    if extra := sorted(key for key in messages if key.startswith("checks.") and key not in names):
        raise BadExercise(path, f"[{extra[0]}] is the title of a check that checks.py does not have.")


def _functions(about: Mapping[str, Any], path: Path) -> tuple[FunctionSignature, ...]:
    functions = about.get("functions", [])
    try:
        found = tuple(FunctionSignature(**function) for function in functions)
    except TypeError:
        found = ()
    if not found:
        raise BadExercise(path, "list the functions to write as [[functions]] with `name` and `signature`.")
    return found


def _forbidden(about: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    names = about.get("forbidden", [])
    if not isinstance(names, list) or not all(
        isinstance(name, str) and all(part.isidentifier() for part in name.split(".")) for name in names
    ):
        raise BadExercise(
            path, 'forbidden must be a list of names as an import has them, as in ["numpy.fft"].'
        )
    return tuple(names)


def _level(about: Mapping[str, Any], path: Path) -> str:
    level: str = about.get("level", LEVELS[0])
    if level not in LEVELS:
        raise BadExercise(path, f"level must be one of {', '.join(LEVELS)}, not {level!r}.")
    return level


def _prerequisites(about: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """Whether they exist is a matter of the catalogue: a folder may be read alone."""
    slugs = about.get("prerequisites", [])
    if not isinstance(slugs, list) or not all(
        isinstance(slug, str) and SLUG.fullmatch(slug) for slug in slugs
    ):
        raise BadExercise(
            folder / "exercise.toml",
            'prerequisites must be a list of folders of exercises, as in ["affine-quantization"].',
        )
    if folder.name in slugs or len(set(slugs)) < len(slugs):
        raise BadExercise(
            folder / "exercise.toml", "prerequisites names this exercise itself, or one twice. Take it out."
        )
    return tuple(slugs)


def _limits(about: Mapping[str, Any], path: Path) -> ExerciseLimits:
    table = about.get("limits", {})
    only_known(table, {field.name for field in fields(ExerciseLimits)}, path, "[limits] ")
    for name, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise BadExercise(path, f"[limits] {name} must be a number above zero, not {value!r}.")
    limits = ExerciseLimits(**table)
    if (worst_s := worst_case_wall_s(limits)) > LONGEST_GRADING_S:
        raise BadExercise(
            path,
            f"[limits] grading one file could take {worst_s:g} s, and a worker is given up for lost when it takes long. "
            f"Lower total_wall_s or call_wall_s until it is {LONGEST_GRADING_S:g} s.",
        )
    return limits
