"""What the linter says of words, gaps and programs, and how a program's key is proved."""

import pytest

from questionbank.findings import Finding
from questionbank.linting import errors_in
from questionbank.linting.program_runs import ProgramFailed, output_of, unproved_outputs
from questionbank.linting.subject import Subject
from tests.questionbank.linting.test_rules import after, banks_of
from tests.questionbank.samples import FILE

GAP_STEM = "16 codewords take [[gap.bits]]"


@pytest.mark.parametrize(
    ("rule", "old", "new", "said"),
    [
        ("gaps", GAP_STEM, "16 codewords take four bits", "[[gap.bits]] stands 0 times"),
        ("gaps", GAP_STEM, f"{GAP_STEM}, [[gap.bits]]", "[[gap.bits]] stands 2 times"),
        ("gaps", GAP_STEM, "16 codewords take $2^{[[gap.bits]]}$", "inside the formula"),
        ("rendering", GAP_STEM, f"{GAP_STEM} or [[gap.other]]", "stands for nothing"),
        ("gives-away", GAP_STEM, f"{GAP_STEM} or [[option.bits]]", "explanations only"),
        ("alike", "first: first, last: last", "first: last, last: last", "both read “last”"),
        ("key", "key: 4, unit: bit}", "key: 0.12345, tolerance: {kind: interval, low: 3, high: 5}}", "marked wrong"),
        ("alike", "coding: [Huffman coding, entropy coding]", "coding: [weight-sharing]", "is taken for sharing"),
        ("wordings", "clusters: [clustering]", 'clusters: ["..."]', "nothing but what the text rules ignore"),
        ("rendering", "clusters: [clustering]", 'clusters: ["[[n]]"]', "stands for nothing"),
        ("program", "print(2**bits)", "print(2**bits", "not Python"),
        ("decimal-sign", "bits: {explanation: Dois à quarta", "bits: {explanation: 2.5 à quarta", "not how pt-br"),
    ],
)  # fmt: skip
def test_a_rule_finds_its_fault(rule: str, old: str, new: str, said: str) -> None:
    found = [finding for finding in errors_in(after((old, new))) if finding.rule == rule]
    assert [finding for finding in found if said in finding.message]
    assert all(finding.line > 1 for finding in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      - {id: clusters, fraction: 0.5}", "      - {id: clusters, fraction: 0}", "above 0"),
        ("- {id: sharing}", "- {id: sharing, fraction: 0.5}", "no answer earns everything"),
        ("slips: [coding]", "slips: {coding: 3}", "a list of names"),
        ("slips: [coding]", "slips: [sharing]", "called sharing"),
        ("text_rules: {typos: 1}", "text_rules: {typos: 9}", "from 0 to 3"),
        ("text_rules: {typos: 1}", "text_rules: {fuzzy: 1}", "“fuzzy” is not a field"),
        ("sharing: [weight sharing, sharing]", "sharing: [1, 2]", "in quotes"),
        ("choices: [first, last], key: last", "choices: [first, last], key: middle", "not among “choices”"),
        ("choices: [first, last], key: last", "choices: [first], key: first", "write 2 to 12"),
        ("kind: number, key: 4, unit: bit", "kind: number, unit: bit", "“key” is missing"),
        ("kind: number, key: 4", "kind: text, key: 4", "“key” is not a field"),
        ("      output: |\n        4\n        8\n", "", "“output” is missing"),
    ],
)
def test_the_reader_says_what_a_field_must_be(old: str, new: str, said: str) -> None:
    assert [finding for finding in after((old, new)) if finding.rule == "schema" and said in finding.message]


def unproved(*changes: tuple[str, str]) -> list[Finding]:
    text = FILE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return list(unproved_outputs(Subject(question) for question in banks_of(text)[1].questions))


def test_a_key_is_proved_by_running_the_program() -> None:
    assert unproved() == []
    (wrong,) = unproved(("output: |\n        4\n        8\n", "output: |\n        4\n        9\n"))
    assert "prints '4\\n8\\n', the key is '4\\n9'" in wrong.message
    (failing,) = unproved(("print(2**bits)", "print(2**bits, 1/0)"))
    assert "ZeroDivisionError" in failing.message


def test_a_program_sees_no_environment_of_ours_and_must_end() -> None:
    printed = output_of("import os\nprint(sorted(os.environ.keys() - {'LC_CTYPE'}))")
    assert printed.strip() == "['OMP_NUM_THREADS']"
    with pytest.raises(ProgramFailed, match="does not end"):
        output_of("while True: pass", time_limit_s=0.5)
