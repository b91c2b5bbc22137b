"""The fuzzer is run for a moment here, and finds what it is there to find. `python -m grader fuzz-wire` runs it for long."""

import random

import pytest

from grader import __main__ as command_line
from grader.sandbox import wire_fuzz
from grader.sandbox.harness import frames
from grader.sandbox.wire_fuzz import Escaped, damaged_frames, fuzz, outcome, valid_frames


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_but_the_sandboxs_own_endings_comes_out_of_damaged_frames(seed: int) -> None:
    tally = fuzz(2000, seed)

    assert tally.values + tally.errors + tally.refused == 2000
    assert min(tally.values, tally.errors, tally.refused) > 0  # all of the reader was reached


def test_undamaged_frames_are_read_as_what_they_are() -> None:
    outcomes = {frame[:1]: outcome(frame) for frame in valid_frames()}

    assert outcomes == {
        frames.READY: "refused",  # once, before any code of a student's; never as an answer
        frames.LOADED: "value",
        frames.VALUE: "value",
        frames.ERROR: "error",
        frames.QUESTION: "value",
    }


def test_the_same_seed_gives_the_same_frames() -> None:
    first, again, other = ([*damaged_frames(50, random.Random(seed))] for seed in (5, 5, 6))

    assert first == again != other


def test_another_exception_is_told_with_the_frame() -> None:
    def read(frame: bytes) -> str:
        if len(frame) > 40:
            raise SyntaxError("as numpy raises for some names of types")
        return outcome(frame)

    with pytest.raises(Escaped, match="SyntaxError: as numpy") as caught:
        fuzz(500, 0, read)

    assert caught.value.frame.hex() in str(caught.value)


def test_too_much_memory_is_told_with_the_frame() -> None:
    def read(frame: bytes) -> str:
        return outcome(frame + bytes(frame[-1] << 17))

    with pytest.raises(Escaped, match="bytes were taken"):
        fuzz(500, 0, read)


def test_the_command_says_what_it_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command_line.main(["fuzz-wire", "--frames", "50", "--seed", "3"]) == 0
    assert capsys.readouterr().out.startswith("50 damaged frames")

    monkeypatch.setattr(wire_fuzz, "EXPANSION", -(10**9))
    assert command_line.main(["fuzz-wire", "--frames", "50"]) == 1
    assert "Seed 0:" in capsys.readouterr().out
