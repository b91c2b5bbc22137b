from pathlib import Path

import pytest

from questionbank.definition import ToleranceDefinition
from questionbank.findings import Finding
from questionbank.formats.yaml_file import MAX_FILE_BYTES, QuestionFile, read_question_file, read_questions
from tests.questionbank.samples import FILE

PATH = Path("questions.yaml")


def read(text: str) -> QuestionFile:
    return read_questions(text, PATH)


def with_change(old: str, new: str) -> QuestionFile:
    assert FILE.count(old) >= 1, f"the sample file no longer holds {old!r}"
    return read(FILE.replace(old, new, 1))


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(FILE.splitlines(), 1) if text in line)


def test_a_sound_file_has_no_findings_and_every_question() -> None:
    file = read(FILE)
    assert file.findings == ()
    questions = [located.definition for located in file.questions]
    single, multiple, number, statements, pairs, steps, *_others = questions
    assert [option.id for option in single.options if option.correct] == ["weights"]
    assert [option.id for option in single.options if option.pinned_last] == ["none_of_these"]
    assert single.texts["pt-br"].options["weights"].text == "Pesos"
    assert multiple.scoring == "every_decision"
    assert (number.key, number.tolerance) == (3.5556, ToleranceDefinition("absolute", 0.01))
    assert number.slips == {"no_codebook": 32}
    assert [row.id for row in statements.options if row.correct] == ["zeros", "stays"]
    assert statements.scoring == "net_correct"
    assert [row.match for row in pairs.options] == ["gaps", "table", "lengths"]
    assert pairs.choices == ("gaps", "table", "lengths", "logits")
    assert pairs.texts["pt-br"].choices["table"] == "Um dicionário de códigos"
    assert [step.id for step in steps.options] == ["trained", "masked", "tuned"]
    assert steps.scoring == "pairs"
    assert {located.sound for located in file.questions} == {True}


def test_every_value_knows_its_line() -> None:
    single = read(FILE).questions[0]
    assert single.line("texts", "pt-br", "options", "pixels", "text") == line_of("Muitos pixels")
    assert single.line("texts", "en", "stem") == line_of("What does pruning remove?")
    assert single.line("texts", "de", "stem") == line_of("    texts:")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("level: recall", "level: hard", "“level” must be one of recall, apply, analyse"),
        ("level: recall", "levle: recall", "“levle” is not a field here"),
        ('source: "Han et al. 2015, section 3"', "source:", "“source” is missing or empty"),
        ("{id: pixels}", "{id: pixels, correct: true}", "2 options are marked correct"),
        ("{id: weights, correct: true}", "{id: weights}", "0 options are marked correct"),
        ("{id: pixels}", "{id: weights}", "two options are called weights"),
        ("{id: pixels}", "{id: Pixels!}", "must be small letters"),
        ("pin: last", "pin: first", "“pin” must be one of last"),
        ("id: what-pruning-removes", "id: 12", "put 12 in quotes"),
        ("text: Weights, explanation", "text: 7, explanation", "put 7 in quotes"),
        ("text: Weights, explanation", "text: yes, explanation", "put True in quotes"),
        ('text: Weights, explanation: "Yes: the small ones."', "text: Weights", "“explanation” is missing"),
        ("text: Weights, explanation", "txt: Weights, explanation", "“txt” is not a field here"),
        ("          pixels: {text: Many", "          pixel: {text: Many", "“pixel” is not a field here"),
        (
            "      en:\n        stem: What does pruning",
            "      de:\n        stem: What does pruning",
            "text in en, the source language, is missing",
        ),
        ("convention: {en: none, pt-br: nenhuma}", "convention: {pt-br: nenhuma}", "“en” is missing"),
        (
            "      pt-br:\n        stem: O que a poda",
            "      pt_BR:\n        stem: O que a poda",
            "not the code of a",
        ),
        ("level: recall\n", "level: recall\n    source_language: English\n", "“English” is not the code"),
        (
            "options:\n      - {id: weights",
            "source_language: fr\n    options:\n      - {id: weights",
            "text in fr, the source language, is missing",
        ),
        ("value: 3.5556", "value: '3,5556'", "must be a number with a decimal point"),
        ("value: 3.5556", "value: .nan", "must be a number"),
        ("kind: absolute", "kind: about", "“kind” must be one of"),
        ("{kind: absolute, value: 0.01}", "{kind: absolute, value: -1}", "not negative"),
        ("{kind: absolute, value: 0.01}", "{kind: interval, low: 4, high: 3}", "exchange them"),
        ("{kind: absolute, value: 0.01}", "{kind: decimal_places, value: 2.5}", "whole number from 0 to 12"),
        ("{id: shrinks}", "{id: shrinks, pin: last}", "“pin” is not a field here"),
        ("{id: masked}", "{id: masked, correct: true}", "“correct” is not a field here"),
        ("{id: masked}", "{id: trained}", "two options are called trained"),
        ("match: table", "match: tabel", "row share_stage matches “tabel”, which is not among “choices”"),
        ("{id: share_stage, match: table}", "{id: share_stage}", "“match” is missing"),
        ("choices: [gaps, table, lengths, logits]", "choices: gaps", "“choices” must be a list of ids"),
        ("choices: [gaps, table, lengths, logits]", "choices: [gaps, gaps, table, lengths]", "named twice"),
        ("          logits: Logits of a teacher\n", "", "“logits” is missing or empty"),
        ("scoring: net_correct", "scoring: coverage", "“scoring” must be one of every_decision"),
        ("          shrinks: {text: Ela", "          shrink: {text: Ela", "“shrinks” is missing"),
        ("no_codebook: 32", "no_codebook: many", "“no_codebook” must be a number"),
        ("slips: {no_codebook: 32}", "slips: [no_codebook]", "maps each name to its wrong value"),
        ("slips: {no_codebook: You left", "slips: {no_book: You left", "“no_book” is not a field here"),
        ("scoring: every_decision", "scoring: fractions", "the fractions above zero add up to 0"),
        ("scoring: every_decision", "scoring: guessed", "“scoring” must be one of"),
        ("key: {value: 3.5556,", "variants: 3\n    key: {value: 3.5556,", "“variants” needs a generator"),
        ("key: {value: 3.5556,", "generator: g\n    key: {value: 3.5556,", "the generator computes the key"),
        ("key: {value: 3.5556,", "options: []\n    key: {value: 3.5556,", "“options” is not a field here"),
        ("topic: quantization", "topic: Quantization of weights", "must be small letters"),
    ],
)
def test_a_fault_is_reported_with_its_line_and_what_to_do(old: str, new: str, problem: str) -> None:
    findings = with_change(old, new).findings
    line = FILE[: FILE.index(old)].count("\n") + 1
    said = [finding for finding in findings if problem in finding.message]
    assert said, [finding.message for finding in findings]
    assert abs(said[0].line - line) <= 8  # at the value, or at the list or mapping that lacks it
    assert said[0].file == PATH


def test_every_fault_of_a_file_is_reported_not_only_the_first() -> None:
    text = FILE.replace("level: recall", "level: hard", 1).replace("kind: absolute", "kind: about")
    text = text.replace("text: Gradients", "txt: Gradients")
    findings = read(text).findings
    assert {finding.question for finding in findings} == {
        "what-pruning-removes",
        "what-codebooks-hold",
        "ratio-of-sharing",
    }
    assert [finding.line for finding in findings] == sorted(finding.line for finding in findings)


def test_a_faulty_question_leaves_the_others_sound() -> None:
    file = with_change("level: recall", "level: hard")
    first, *others = (located.sound for located in file.questions)
    assert not first
    assert all(others)


def test_a_key_written_twice_is_reported() -> None:
    (finding,) = with_change("level: recall", "level: recall\n    level: apply").findings
    assert (finding.line, finding.message) == (
        line_of("level: recall") + 1,
        "“level” is written twice; keep one of them",
    )


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("topic: [", 2, "not readable as YAML"),
        ("topic: a\nquestions:\n\t- x", 3, "not readable as YAML"),
        ("", 1, "has the fields topic and questions"),
        ("- a", 1, "has the fields topic and questions"),
        ("topic: a", 1, "“questions” is missing"),
        ("topic: a\nquestions: b", 2, "“questions” must be a list"),
        ("topic: a\nquestions:\n  - b", 3, "must hold fields"),
        ("topic: !!python/object/apply:os.abort x", 1, "cannot be read"),
        ("topic: !!int x\nquestions: []", 1, "cannot be read"),
        ("a: &a {b: *a}", 1, "nested too deeply"),
    ],
)
def test_what_is_not_a_question_file_is_said_with_its_line(text: str, line: int, problem: str) -> None:
    findings = read(text).findings
    assert any(problem in finding.message and finding.line == line for finding in findings), findings


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    binary, large = tmp_path / "binary.yaml", tmp_path / "large.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    large.write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    for path, problem in (
        (binary, "UTF-8"),
        (large, "larger than"),
        (tmp_path / "none.yaml", "cannot be read"),
    ):
        (finding,) = read_question_file(path).findings
        assert problem in finding.message


def test_a_finding_reads_as_a_line_an_editor_can_follow() -> None:
    finding = Finding(Path("a/b.yaml"), 7, "pin", "do this", "the-question")
    assert str(finding) == "a/b.yaml:7: error [pin] the-question: do this"
