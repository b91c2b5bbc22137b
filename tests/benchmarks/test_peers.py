"""Peers are used where they are installed and where they compute the same thing."""

import sys
from functools import partial

import numpy as np
import pytest

from benchmarks.kernels.peers import Expected, Peer, agrees, ready, versions

WANTED = np.array([1, -4], np.int32)


def test_a_peer_that_is_not_installed_is_left_out_and_never_made():
    # `sys.exit` would end the run if it were called.
    peers = ready(Peer("absent", ("no-such-package",), partial(sys.exit, 1)), Peer("here", (), lambda: dict))
    assert list(peers) == ["here"]


def test_versions_name_only_what_is_installed():
    assert list(versions(("numpy", "no-such-package"))) == ["numpy"]


def test_a_peer_that_computes_something_else_stops_the_run():
    wrong = Peer("wrong", (), lambda: partial(np.zeros, 2), Expected(WANTED))
    with pytest.raises(RuntimeError, match="wrong computes something else"):
        ready(wrong)


def test_a_share_of_the_work_is_kept_with_the_call():
    right = Peer("right", (), lambda: partial(np.array, [[1, -4]]), Expected(WANTED), share=0.25)
    assert ready(right)["right"].share == 0.25


@pytest.mark.parametrize(("found", "same"), [([1.0, -4.04], True), ([1.0, -4.05], False), ([1.04, -4], True)])
def test_the_tolerance_is_a_share_of_the_greatest_magnitude(found, same):
    assert agrees(np.array(found), Expected(WANTED, 0.011)) is same


def test_without_a_tolerance_every_value_is_the_same():
    assert agrees(WANTED.copy(), Expected(WANTED))
    assert not agrees(WANTED + np.array([0, 1]), Expected(WANTED))
