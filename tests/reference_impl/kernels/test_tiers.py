import subprocess
import sys

import pytest

from reference_impl.errors import OutOfRange
from reference_impl.kernels import self_tests
from reference_impl.kernels.tiers import (
    VARIABLE,
    Tier,
    choose,
    cpu_allows,
    cpu_has,
    highest_allowed,
    tiers_for,
)


def test_the_library_itself_loads_no_compiler():
    script = (
        "import sys, reference_impl, reference_impl.kernels; assert not {'numba', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_environment_caps_the_choice(monkeypatch):
    monkeypatch.setenv(VARIABLE, "Portable")
    assert tiers_for({Tier.VNNI: (lambda: True,)}) == (Tier.PORTABLE, Tier.NUMPY)


def test_without_a_cap_the_best_tier_may_be_used(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert highest_allowed() is Tier.AMX


def test_an_unknown_tier_in_the_environment_is_named(monkeypatch):
    monkeypatch.setenv(VARIABLE, "sse2")
    with pytest.raises(OutOfRange, match=r"'sse2'.*portable"):
        highest_allowed()


def test_a_tier_whose_self_test_fails_is_not_used():
    assert Tier.VNNI not in tiers_for({Tier.VNNI: (lambda: False,)})


def test_a_cpu_that_passes_the_checks_passes_the_self_tests():
    if not cpu_allows(Tier.VNNI):
        assert Tier.VNNI not in tiers_for({Tier.VNNI: (self_tests.dots_are_right,)})
        return
    assert self_tests.dots_are_right()
    assert self_tests.byte_tables_are_right()
    assert self_tests.fields_are_right()
    assert self_tests.gathers_are_right()
    assert self_tests.wide_lanes_are_right()
    assert self_tests.float_lanes_are_right()
    assert self_tests.word_tables_are_right()
    assert self_tests.byte_permutations_are_right() == cpu_has("avx512vbmi")


def test_a_tier_that_cannot_run_here_is_refused_before_it_ends_the_process():
    assert choose((Tier.PORTABLE, Tier.NUMPY), Tier.NUMPY) is Tier.NUMPY
    with pytest.raises(OutOfRange, match="AMX cannot be used here"):
        choose((Tier.PORTABLE, Tier.NUMPY), Tier.AMX)
