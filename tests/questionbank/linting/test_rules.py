"""Each rule finds the fault it is for, and nothing in the sound file."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from questionbank.bank import Bank, DrawnBank, bank_of, draw_bank
from questionbank.findings import Finding, Severity
from questionbank.formats.yaml_file import read_questions
from questionbank.linting import errors_in, lint, lint_question
from questionbank.linting.report import language_matrix
from questionbank.variant import Variant
from tests.questionbank.samples import FILE, LANGUAGES


def ratio(draw: Random) -> Variant:
    return Variant({"n": draw.randrange(2, 99)}, key=3.5, slips={"no_codebook": 4})


def broken(draw: Random) -> Variant:
    return Variant(key=1 / 0)


GENERATORS = {"ratio": ratio, "broken": broken}


def banks_of(text: str) -> tuple[Bank, DrawnBank]:
    bank = bank_of([read_questions(text, Path("questions.yaml"))])
    return bank, draw_bank(bank, GENERATORS)


def findings_of(text: str) -> list[Finding]:
    return lint(*banks_of(text), LANGUAGES)


def after(*changes: tuple[str, str]) -> list[Finding]:
    text = FILE
    for old, new in changes:
        assert old in text, f"the sample file no longer holds {old!r}"
        text = text.replace(old, new, 1)
    return findings_of(text)


@pytest.mark.parametrize(("demanded", "is_error"), [(("en", "pt-br"), True), (("en",), False), ((), False)])
def test_a_text_out_of_date_is_an_error_only_where_its_language_is_demanded(demanded, is_error) -> None:
    older = next(
        each for each in read_questions(FILE, Path("f")).questions if each.definition.type == "ordering"
    )
    texts = older.definition.texts
    stale = replace(older.definition, texts={**texts, "en": replace(texts["en"], revision=2)})
    found = [each for each in lint_question(stale, demanded=demanded) if each.rule == "stale"]
    assert [each.severity is Severity.ERROR for each in found] == [is_error]


def test_the_sound_file_has_no_errors() -> None:
    assert errors_in(findings_of(FILE)) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("alike", "text: Many pixels of the input", "text: Weights"),
        ("alike", "{no_codebook: 32}", "{no_codebook: 3.56}"),
        ("language", "      pt-br:\n        stem: O que a poda", "      pt:\n        stem: O que a poda"),
        ("language", "convention: {en: none, pt-br: nenhuma}", "convention: {en: none}"),
        ("pin", "{id: none_of_these, pin: last}", "{id: none_of_these}"),
        ("alike", "text: It stays while one retrains.", "text: It sets weights to zero."),
        ("alike", "text: Train again", "text: Remove"),
        ("alike", "lengths: Code lengths", "lengths: A codebook"),
        ("decimal-sign", "logits: Logits of a teacher", "logits: 0,5 of the logits"),
        ("numbers", "logits: Logits of a teacher", "logits: Logits of 2 teachers"),
        ("rendering", "logits: Logits of a teacher", "logits: Logits of $n"),
        ("pin", "text: It stays while one retrains.", "text: All of the others."),
        ("pin", "text: Centroides, explanation", "text: Todas as anteriores, explanation"),
        ("placeholders", "stem: What is the ratio?", "stem: What is the ratio of [[key]]?"),
        ("formulas", r"$0{,}9 n$", r"$0{,}8 n$"),
        ("code", "stem: What is the ratio?", "stem: What is `ratio`?"),
        ("numbers", "A poda zera 90 de 100", "A poda zera 80 de 100"),
        ("decimal-sign", "explanation: 256 sobre 72.", "explanation: 256 sobre 72, ou 3.5556."),
        ("decimal-sign", "explanation: 256 over 72.", "explanation: 256 over 72, or 3,5556."),
        ("rendering", "stem: What is the ratio?", "stem: What is the [[ratio]]?"),
        ("rendering", "$0.9 n$", r"$0.9 \nosuchcommand n$"),
        ("html", "stem: What is the ratio?", "stem: What is the <b>ratio</b>?"),
        ("option-block", "text: Shared values,", 'text: "Shared\\n\\nvalues",'),
        ("key", "{kind: absolute, value: 0.01}", "{kind: interval, low: 4, high: 5}"),
        ("glossary", "Calcular uma razão.", "Calcular um rácio."),
        ("glossary", "explanation: Centroides.", "explanation: Centróides da matriz dispersa."),
        ("generator", "    key: {value: 3.5556, tolerance:", "    generator: nosuch\n    tolerance:"),
    ],
)
def test_a_rule_finds_its_fault(rule: str, old: str, new: str) -> None:
    changes = [(old, new)]
    if rule == "generator":
        changes += [
            ("{kind: absolute, value: 0.01}}", "{kind: absolute, value: 0.01}"),
            ("{no_codebook: 32}", "[no_codebook]"),
        ]
    found = errors_in(after(*changes))
    assert rule in {finding.rule for finding in found}
    assert {finding.question for finding in found} <= {
        "what-pruning-removes",
        "what-codebooks-hold",
        "ratio-of-sharing",
        "what-a-mask-does",
        "what-each-stage-stores",
        "order-of-retraining",
    }
    assert all(finding.line > 1 for finding in found)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{id: gradients}", "{id: gradients}\n    # more than half", "scoring"),
        ("explanation: Centroides.", "explanation: Somente isso.", "term"),
    ],
)
def test_what_an_author_may_keep_is_only_a_warning(old: str, new: str, rule: str) -> None:
    found = after((old, new), ("scoring: every_decision", "scoring: net_correct"))
    assert {finding.severity for finding in found if finding.rule == rule} == {Severity.WARNING}


def test_two_options_are_too_few() -> None:
    found = errors_in(
        after(
            ("      - {id: gradients}\n", ""),
            ('          gradients: {text: Gradients, explanation: "No."}\n', ""),
            ('          gradients: {text: Gradientes, explanation: "Não."}\n', ""),
        )
    )
    assert [finding.rule for finding in found] == ["options"]


def test_numbers_compare_by_value_not_by_how_a_language_writes_them() -> None:
    found = after(
        ("explanation: 256 over 72.", "explanation: 1,024.5 over 0.25 (see section 3.2)."),
        ("explanation: 256 sobre 72.", "explanation: 1.024,5 sobre 0,25 (ver seção 3.2)."),
    )
    assert errors_in(found) == []


def test_words_inside_a_formula_belong_to_the_language() -> None:
    found = after(
        ("$0.9 n$", r"$0.9 n\ \text{weights}$ of $[1.5, 2]$"),
        (r"$0{,}9 n$", r"$0{,}9 n \text{ pesos}$ de $[1{,}5; 2]$"),
    )
    assert errors_in(found) == []


def test_comments_in_code_belong_to_the_language() -> None:
    code = "|\n          Look:\n\n          ```python\n          x = 0.5  # {}\n          ```\n"
    found = after(
        ("explanation: 256 over 72.", "explanation: " + code.format("the scale")),
        ("explanation: 256 sobre 72.", "explanation: " + code.format("a escala")),
    )
    assert errors_in(found) == []


def test_a_generator_that_fails_is_a_finding_and_hides_no_other() -> None:
    generated = FILE.replace(
        "    key: {value: 3.5556, tolerance:", "    generator: broken\n    variants: 2\n    tolerance:"
    )
    generated = generated.replace("value: 0.01}}", "value: 0.01}").replace(
        "{no_codebook: 32}", "[no_codebook]"
    )
    found = errors_in(
        findings_of(
            generated.replace("Calcular uma razão.", "Calcular um rácio.").replace(
                "{id: none_of_these, pin: last}", "{id: none_of_these}"
            )
        )
    )
    assert {"generator", "pin"} <= {finding.rule for finding in found}
    assert any("ZeroDivisionError" in finding.message for finding in found)
    assert errors_in(findings_of(generated.replace("generator: broken", "generator: ratio"))) == []


def test_an_id_used_twice_is_found_with_the_other_place() -> None:
    found = errors_in(after(("id: what-codebooks-hold", "id: what-pruning-removes")))
    assert any(finding.rule == "id" and "questions.yaml:3" in finding.message for finding in found)


def topic_of(telling: int, others: int) -> str:
    """A topic of single choice questions, in `telling` of which the key is the longest option."""
    head, question = FILE.split("  - id: what-codebooks-hold")[0].split("questions:\n")
    questions = [question.replace("what-pruning-removes", f"q{number}") for number in range(telling + others)]
    for number in range(telling):
        for word in ("Weights,", "Pesos,"):
            questions[number] = questions[number].replace(
                f"text: {word}", f"text: {word[:-1]} that are near zero by far,"
            )
    return head + "questions:\n" + "".join(questions)


@pytest.mark.parametrize(
    ("telling", "others", "refused"), [(1, 0, False), (2, 4, False), (3, 4, True), (2, 1, True)]
)
def test_the_key_may_be_the_longest_option_in_a_third_of_a_topic(
    telling: int, others: int, refused: bool
) -> None:
    found = [finding for finding in findings_of(topic_of(telling, others)) if finding.rule == "key-length"]
    assert len(found) == (2 * telling if refused else 0)


def test_a_table_that_is_true_from_top_to_bottom_is_pointed_out() -> None:
    found = after(("{id: shrinks}", "{id: shrinks, correct: true}"))
    assert [(finding.rule, finding.severity) for finding in found] == [("one-sided", Severity.WARNING)]


def test_pairs_of_which_the_last_follows_are_pointed_out() -> None:
    found = after(
        ("lengths, logits]", "lengths]"),
        ("          logits: Logits of a teacher\n", ""),
        ("          logits: Logits de um professor\n", ""),
    )
    assert [(finding.rule, finding.severity) for finding in found] == [("no-distractor", Severity.WARNING)]


def test_the_table_shows_each_question_in_each_language() -> None:
    text = FILE.replace(
        "        stem: What is the ratio?", "        revision: 2\n        stem: What is the ratio?"
    )
    text = text.replace("      pt-br:\n        stem: O que um", "      de:\n        stem: O que um")
    bank, drawn = banks_of(text)
    table = [line.split() for line in language_matrix(bank, drawn, lint(bank, drawn, LANGUAGES), LANGUAGES)]
    assert table[:10] == [
        ["question", "type", "variants", "en", "pt-br", "de", "lint"],
        ["quantization/what-pruning-removes", "single_choice", "1", "ok", "ok", "missing", "ok"],
        ["quantization/what-codebooks-hold", "multiple_choice", "1", "ok", "missing", "missing", "error"],
        ["quantization/ratio-of-sharing", "numeric", "1", "ok", "stale", "missing", "error"],
        ["quantization/what-a-mask-does", "true_false", "1", "ok", "ok", "missing", "ok"],
        ["quantization/what-each-stage-stores", "matching", "1", "ok", "ok", "missing", "ok"],
        ["quantization/order-of-retraining", "ordering", "1", "ok", "ok", "missing", "ok"],
        ["quantization/name-of-sharing", "short_answer", "1", "ok", "ok", "missing", "ok"],
        ["quantization/order-of-compression", "gaps", "1", "ok", "ok", "missing", "ok"],
        ["quantization/levels-of-bits", "code_reading", "1", "ok", "ok", "missing", "ok"],
    ]


def test_a_language_without_a_glossary_and_a_question_that_began_in_portuguese_have_no_such_rules() -> None:
    found = after(
        ("level: recall\n", "level: recall\n    source_language: pt-br\n"),
        ("stem: What does pruning remove?", "stem: What does a threshold remove from a mask?"),
    )
    assert [finding.rule for finding in found if finding.rule in ("glossary", "term")] == []
    assert "term" in [
        finding.rule
        for finding in after(("stem: What does pruning remove?", "stem: What does a threshold remove?"))
    ]
