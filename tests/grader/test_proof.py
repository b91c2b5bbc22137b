"""What a proof finds, on small exercises with a fake sandbox. Those of the bank are proved by `python -m grader prove --all`."""

import doctest
import runpy
from pathlib import Path

import pytest

from grader.errors import BadExercise
from grader.exercise import LANGUAGES, Exercise, find_exercises, read_exercise
from grader.proof import MIN_SOLUTIONS, Proof, Tried, prove
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import RIGHT, gradable

GOOD = {
    "solutions__adds": RIGHT,
    "solutions__multiplies": "def double(n): return 2 * n\n",
    "solutions__shifts": "def double(n): return n << 1\n",
    "mutants__squares": "# fails: doubles[squared], doubles_unseen_numbers\ndef double(n): return n * n\n",
}


def proof_of(folder: Path, **files: str) -> Proof:
    exercise = gradable(folder, **{**GOOD, **files})
    return Proof(exercise.exercise, tuple(prove(FakeSandbox(), exercise)))


def the_one(proof: Proof, name: str) -> Tried:
    return next(one for one in proof.tried if one.name == name)


def test_a_sound_exercise_is_proved(tmp_path: Path) -> None:
    proof = proof_of(tmp_path)

    assert proof.holds
    assert proof.mutation_score == 1.0
    assert the_one(proof, "squares").failed_checks == ("doubles", "doubles_unseen_numbers")


def test_a_correct_solution_that_is_refused_is_found(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, solutions__strange="def double(n): return 2.0001 * n\n")

    assert not proof.holds
    assert "fails doubles" in the_one(proof, "strange").problems[0]


def test_a_solution_that_comes_near_a_limit_is_warned_of(tmp_path: Path) -> None:
    exercise = gradable(tmp_path, **GOOD, toml="[limits]\ncall_cpu_s = 1.0\n")

    def solution(cpu_s: float) -> Tried:
        return next(iter(prove(FakeSandbox(cpu_per_call_s=cpu_s), exercise)))

    assert solution(0.01).warnings == ()
    near = solution(0.05)  # 50 calls of it are half of check_cpu_s
    assert near.problems == ()
    assert near.headroom is not None
    assert (near.headroom.limit, round(near.headroom.times, 3)) == ("check_cpu_s", 2.0)
    assert "raise check_cpu_s in exercise.toml" in near.warnings[0]


def test_a_mutant_that_gets_through_is_found_and_lowers_the_score(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, mutants__works="# fails: doubles\n" + RIGHT)

    assert the_one(proof, "works").problems == ("passes doubles",)
    assert proof.mutation_score == 0.5


def test_a_mistake_that_is_not_named_is_found(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, mutants__adds_two="# fails: doubles[squared]\ndef double(n): return n + 2\n")

    assert "should name squared, but says added_two" in the_one(proof, "adds_two").problems[0]


def test_a_starter_that_earns_points_is_found(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, starter="def double(n): return n * 2\n")

    assert "earns points at doubles" in the_one(proof, "starter").problems


def test_a_check_that_stumbles_over_a_mutant_is_found(tmp_path: Path) -> None:
    checks = "from grader.checks import check\n@check(points=1)\ndef f(solution):\n    assert solution.double(2)[0] == 4\n"
    proof = proof_of(tmp_path, checks=checks, mutants__squares="# fails: f\ndef double(n): return n\n")

    assert any("stumbles" in problem for problem in the_one(proof, "squares").problems)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"mutants__bad": "def double(n): return 0\n"}, "first line"),
        ({"mutants__bad": "# fails: no_such_check\n"}, "no_such_check"),
        ({"mutants__bad": "# fails: doubles because\n"}, "first line"),
    ],
)
def test_a_mutant_says_in_its_first_line_what_it_fails(
    tmp_path: Path, files: dict[str, str], says: str
) -> None:
    with pytest.raises(BadExercise, match=says):
        proof_of(tmp_path, **files)


def test_three_solutions_are_asked_for(tmp_path: Path) -> None:
    exercise = gradable(tmp_path, solutions__only=RIGHT)

    with pytest.raises(BadExercise, match=f"{MIN_SOLUTIONS} really different"):
        list(prove(FakeSandbox(), exercise))


@pytest.fixture(scope="module", params=find_exercises(), ids=lambda folder: folder.name)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    return read_exercise(request.param)


def test_every_slip_of_an_exercise_is_named_by_one_of_its_mutants(exercise: Exercise) -> None:
    """A sentence that no wrong solution calls up has never been seen to be right."""
    first_lines = [path.read_text().partition("\n")[0] for path in (exercise.folder / "mutants").glob("*.py")]
    named = {word for line in first_lines for word in exercise.messages if f"[{word}]" in line}
    by_another_way = {"zero_point_not_an_integer"}  # the key of a demand, not of a slip

    assert {key for key in exercise.messages if not key.startswith("checks.")} - by_another_way == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_a_statement_are_what_a_correct_solution_returns(
    exercise: Exercise, language: str
) -> None:
    solution = sorted((exercise.folder / "solutions").glob("*.py"))[-1]
    names = runpy.run_path(str(solution))
    statement = exercise.statements[language].replace("```", "")

    examples = doctest.DocTestParser().get_doctest(statement, names, language, None, None)

    assert examples.examples
    assert doctest.DocTestRunner(verbose=False).run(examples).failed == 0


# ---------------------------------------------------------------- checks that measure, checks that are linked

MEASURED = (
    "from grader import expect\nfrom grader.checks import check\nfrom grader.metrics import sparsity\n"
    "@check(points=4, curve=[(0, 0), (0.8, 1)])\ndef many_are_zero(solution):\n"
    "    expect.metric(sparsity(solution.double([1.0] * 10)))\n"
)


def zeros(count: int) -> str:
    return f"def double(n): return n[{count}:] + [0.0] * {count}\n"


def test_solutions_reach_the_share_they_state_and_mutants_fall_below_theirs(tmp_path: Path) -> None:
    files = {
        "solutions__adds": zeros(8),
        "solutions__multiplies": "# reaches: many_are_zero>=0.7\n" + zeros(6),
        "solutions__shifts": "# reaches: many_are_zero>=0.8\n" + zeros(6),
        "mutants__squares": "# fails: many_are_zero<0.5\n" + zeros(2),
        "mutants__halves": "# fails: many_are_zero<0.5\n" + zeros(4),
        "mutants__some": "# fails: many_are_zero\n" + zeros(4),
    }
    proof = proof_of(tmp_path, checks=MEASURED, **files)

    found = {one.name: one.problems for one in proof.tried if one.problems}
    assert set(found) == {"shifts", "halves"}
    assert "fails many_are_zero" in found["shifts"][0]
    assert found["halves"] == ("many_are_zero earns 0.50 of its points, not less than 0.5",)


LINKED = (
    "from grader import expect\nfrom grader.checks import check, given\nfrom grader.strategies import integers\n"
    "@check(points=2)\n@given(n=integers(1, 50))\n"
    "def doubles(solution, n):\n    expect.equal(solution.double(n), 2 * n, slips={'squared': n * n, 'zero': 0})\n"
    "@check(points=1, depends_on='doubles')\n@given(n=integers(-50, -1))\n"
    "def doubles_unseen_numbers(solution, n):\n    expect.equal(solution.double(n), 2 * n, slips={'squared': n * n})\n"
)


def test_a_mutant_may_say_that_another_check_pays(tmp_path: Path) -> None:
    squares = "def double(n): return n * n\n"
    files = {
        "mutants__squares": "# fails: doubles[squared], doubles_unseen_numbers[squared]=carried\n" + squares,
        "mutants__unsaid": "# fails: doubles, doubles_unseen_numbers\n" + squares,
        "mutants__alone": "# fails: doubles=carried\n" + squares,
    }
    proof = proof_of(tmp_path, checks=LINKED, **files)

    assert {one.name: one.problems for one in proof.tried if one.problems} == {
        "unsaid": ("doubles_unseen_numbers is carried",),
        "alone": ("doubles should be carried by another check, but is wrong_answer",),
    }
    assert the_one(proof, "squares").failed_checks == ("doubles",)


def test_a_function_that_does_nothing_is_not_let_off(tmp_path: Path) -> None:
    """A slip whose value is a constant explains whatever returns that constant."""
    vacuous = LINKED.replace("{'squared': n * n})", "{'squared': n * n, 'zero': 0})")
    mutant = "# fails: doubles[squared], doubles_unseen_numbers=carried\ndef double(n): return n * n\n"

    sound = proof_of(tmp_path / "sound", checks=LINKED, mutants__squares=mutant)
    proof = proof_of(tmp_path / "vacuous", checks=vacuous, mutants__squares=mutant)

    assert sound.holds
    assert "let off at doubles_unseen_numbers" in the_one(proof, "returns zero").problems[0]


@pytest.mark.parametrize(
    "line", ["# reaches: doubles", "# reaches: doubles>=high", "# reaches: nothing>=0.5"]
)
def test_what_a_solution_reaches_is_a_share_of_a_check(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadExercise, match=r"reaches|nothing"):
        proof_of(tmp_path, solutions__adds=f"{line}\n{RIGHT}")
