"""Gates by dispatch tier."""

import pytest

from benchmarks.kernels import goals
from benchmarks.kernels.case import Case
from reference_impl.kernels.tiers import Tier

ALL = {name: value for name, value in vars(goals).items() if name.isupper() and isinstance(value, dict)}
SECTION = [(name, tier, goal) for name, by_tier in ALL.items() for tier, goal in by_tier.items()]


def case(tier, of):
    return Case(tier=tier, ours=dict, peers={}, goals=of)


@pytest.mark.parametrize(("name", "tier", "goal"), SECTION)
def test_the_moonshot_lies_beyond_the_gate(name, tier, goal):
    assert goal.moonshot > goal.gate > 0


def test_kernels_for_vectors_have_no_goal_without_them():
    assert case(Tier.PORTABLE, goals.INT8_LAYER).goal is None
    assert case(Tier.VNNI, goals.INT8_LAYER).goal.gate == 2.5


def test_tiles_raise_the_goal_of_the_product():
    assert case(Tier.AMX, goals.GEMM).goal.gate > case(Tier.VNNI, goals.GEMM).goal.gate
    assert case(Tier.PORTABLE, goals.GEMM).goal is None


@pytest.mark.parametrize("tier", [Tier.PORTABLE, Tier.VNNI, Tier.AMX])
def test_compiled_kernels_have_the_same_goal_on_every_cpu(tier):
    assert case(tier, goals.HUFFMAN_ENCODE).goal == goals.Goal(1.5, 3.0)


def test_a_goal_against_a_copy_allows_a_multiple_of_its_time():
    assert 1 / case(Tier.PORTABLE, goals.KMEANS_COPY).goal.gate == pytest.approx(6)
    assert 1 / case(Tier.PORTABLE, goals.BIT_PACKING).goal.gate == pytest.approx(1.3)


def test_what_is_only_shown_has_no_goal():
    assert case(Tier.AMX, goals.ONLY_SHOWN).goal is None
