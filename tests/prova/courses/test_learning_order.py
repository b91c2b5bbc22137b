"""In which order exercises are best done."""

import hypothesis.strategies as st
from hypothesis import given
from prova.courses.learning_order import Step, in_learning_order, level_number

LEVELS = ["introductory", "intermediate", "advanced"]


@st.composite
def catalogues(draw: st.DrawFn) -> list[Step]:
    """Without circles: each names only what stands before it; then they are shuffled."""
    steps: list[Step] = []
    for number in range(draw(st.integers(0, 8))):
        before = draw(st.lists(st.sampled_from([step.slug for step in steps]), unique=True)) if steps else []
        steps.append(Step(slug=f"e{number}", level=draw(st.sampled_from(LEVELS)), prerequisites=before))
    return draw(st.permutations(steps))


@given(catalogues())
def test_prerequisites_come_before_what_builds_on_them(steps: list[Step]) -> None:
    places = {step.slug: place for place, step in enumerate(in_learning_order(steps))}
    assert len(places) == len(steps)
    assert all(places[slug] < places[step.slug] for step in steps for slug in step.prerequisites)


@given(st.lists(st.sampled_from(LEVELS)))
def test_without_prerequisites_the_easier_comes_first_and_equals_keep_their_order(levels: list[str]) -> None:
    steps = [Step(slug=f"e{number}", level=level) for number, level in enumerate(levels)]
    assert in_learning_order(steps) == sorted(steps, key=lambda step: level_number(step.level))


def test_a_circle_hangs_nothing_and_loses_nobody() -> None:
    steps = [
        Step(slug="a", level="advanced", prerequisites=["b"]),
        Step(slug="b", level="introductory", prerequisites=["a"]),
        Step(slug="c", level="introductory", prerequisites=["c"]),
    ]
    assert [step.slug for step in in_learning_order(steps)] == ["b", "a", "c"]


def test_what_is_not_offered_is_not_waited_for() -> None:
    assert in_learning_order([Step(slug="a", prerequisites=["elsewhere"])])[0].slug == "a"
