"""Small exercises for tests, written into a folder the way an author writes one."""

import re
from pathlib import Path

from grader.exercise import Exercise, read_exercise
from grader.job import GradingJob
from grader.judge import Gradable

HEAD = """
from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, finite, integers
"""

DOUBLING = (
    HEAD
    + """
@check(points=2)
@given(n=integers(-50, 50))
def doubles(solution, n):
    expect.equal(solution.double(n), 2 * n, slips={"squared": n * n, "added_two": n + 2, "halved": n / 2})


@check(points=1, visible=False)
@given(n=integers(-1000, 1000))
def doubles_unseen_numbers(solution, n):
    expect.equal(solution.double(n), 2 * n, slips={"squared": n * n})
"""
)

RIGHT = "def double(n):\n    return n + n\n"


def write_exercise(
    folder: Path, *, checks: str = DOUBLING, toml: str = "", messages: str = "", **files: str
) -> Path:
    """A complete exercise with the slug `doubling`; `files` by name, "solutions/a.py" as solutions__a."""
    folder = folder / "doubling"
    names = re.findall(r"^def (\w+)\(solution", checks, re.M)
    titles = "".join(f'[checks.{name}]\nen = "{name} (en)"\npt-br = "{name} (pt)"\n' for name in names)
    texts = {
        "exercise.toml": '[title]\nen = "Doubling"\npt-br = "Dobrar"\n[summary]\nen = "Double it."\npt-br = "Dobre."\n'
        f'[[functions]]\nname = "double"\nsignature = "double(n: int) -> int"\n{toml}',
        "statement.en.md": "Double $n$.",
        "statement.pt-br.md": "Dobre $n$.",
        "starter.py": "def double(n):\n    raise NotImplementedError\n",
        "checks.py": checks,
        "messages.toml": titles + (messages or '[slips.squared]\nen = "Squared."\npt-br = "Ao quadrado."\n'),
        **{name.replace("__", "/") + ".py": text for name, text in files.items()},
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def gradable(folder: Path, **options: str) -> Gradable:
    return Gradable.load(read_exercise(write_exercise(folder, **options)))


def job(exercise: Exercise, source: str, *, seed: int = 7) -> GradingJob:
    return GradingJob(
        submission_id=3,
        nonce="once",
        exercise=exercise.slug,
        exercise_version=exercise.version,
        source=source,
        seed=seed,
    )
