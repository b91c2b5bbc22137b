"""Question files with programs of their own: drawn beside the command that reads them, never in it."""

import sys
from pathlib import Path

import pytest

from questionbank.bank import bank_of, draw_bank
from questionbank.formats.yaml_file import read_questions
from tests.questionbank.samples import FILE

SOURCE = """
    generator_source: |
      import sys
      sys.was_here = True
      from reference import entropy
      def generate(draw):
          n = draw.randrange(2, 99)
          return {"params": {"n": n}, "key": n + entropy([1, 1]) - 0.5, "slips": {"no_codebook": n * 2}}
"""
DECLARED = """
    parameters:
      draw: {n: {from: 2, to: 99}}
      key: n + 0.5
      slips: {no_codebook: n * 2}
"""


def generated(way: str) -> str:
    """The numeric question of the sample file, with its numbers from `way`."""
    head, rest = FILE.split("  - id: ratio-of-sharing")
    key = next(line for line in rest.splitlines() if line.startswith("    key:"))
    slips = next(line for line in rest.splitlines() if line.startswith("    slips:"))
    tolerance = "    tolerance: {kind: absolute, value: 0.01}"
    rest = rest.replace(key, f"{tolerance}\n    variants: 3\n{way.strip(chr(10))}", 1)
    return head + "  - id: ratio-of-sharing" + rest.replace(slips, "    slips: [no_codebook]", 1)


@pytest.mark.sandbox
def test_a_program_draws_beside_the_command_and_what_it_does_wrong_is_a_finding_at_its_line() -> None:
    broken = generated(SOURCE.replace("n * 2", "n / 0")).replace("ratio-of-sharing", "broken-one")
    bank = bank_of([read_questions(text, Path("questions.yaml")) for text in (generated(SOURCE), broken)])
    assert [str(finding) for finding in bank.findings if finding.rule == "schema"] == []

    drawn = draw_bank(bank, {})

    (question,) = [each for each in drawn.questions if each.located.definition.generator_source]
    assert [
        variant.key - float(str(variant.params["n"])) for variant in question.variants if variant.key
    ] == [0.5] * 3
    (finding,) = drawn.findings
    assert finding.question == "broken-one"
    assert "ZeroDivisionError in line 6" in finding.message
    assert "generator_source" in broken.splitlines()[finding.line - 1]
    assert not hasattr(sys, "was_here")


def test_declared_parameters_are_drawn_by_the_command_itself() -> None:
    bank = bank_of([read_questions(generated(DECLARED), Path("questions.yaml"))])
    drawn = draw_bank(bank, {})
    assert (bank.findings, drawn.findings) == ((), ())
    (question,) = [each for each in drawn.questions if each.located.definition.parameters]
    assert len(question.variants) == 3
