"""Images, hints and hotspots in a question file: read, written back, and every fault with its line."""

import re
from pathlib import Path

import pytest

from questionbank.bank import bank_of, draw_bank
from questionbank.formats.writing.question_text import write_file
from questionbank.formats.yaml_file import QuestionFile, read_questions
from questionbank.images import asset_of, assets_of
from questionbank.linting import lint
from tests.questionbank import samples
from tests.questionbank.test_images import png

#: The hotspot of the sound file, alone.
(HOTSPOT,) = re.findall(r"  - id: mark-the-largest-bar\n(?:   .*\n)+", samples.FILE)
FILE = f"topic: hardware_costs\nquestions:\n{HOTSPOT}"
PATH = Path("hardware_costs.yaml")


def read(text: str, images: Path | None = None) -> QuestionFile:
    return read_questions(text, PATH, images=images)


def changed(before: str, after: str) -> str:
    assert before in FILE
    return FILE.replace(before, after)


def test_what_is_written_is_what_was_read():
    (located,) = read(FILE).questions
    question = located.definition
    assert located.sound
    assert question.hotspot is not None
    assert [region.at for region in question.hotspot.regions] == [(3,), (2,)]
    assert question.texts["pt-br"].images["energy"].x == "energia (pJ)"
    assert [hint.cost for hint in question.hints] == [0.5]
    written = write_file("hardware_costs", [question])
    (again,) = read(written).questions
    assert again.definition == question
    assert write_file("hardware_costs", [again.definition]) == written


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("kind: bars", "kind: pie", "write “file”, “asset”, or the “kind” of a drawing"),
        ("picture: energy", "picture: power", "“power” is not among “images”"),
        ("bar: 3, correct: true", "bar: 3", "no region is marked correct"),
        ("bar: 3, correct: true", "bar: 3, circle: [1, 1, 1], correct: true", "write one of"),
        ("bar: 2}", "circle: [1, 1]}", "a circle has 3 numbers"),
        ("bar: 2}", "polygon: [1, 2, 3]}", "a polygon is a list of corners"),
        ("id: float32, bar", "id: dram, bar", "two regions have one id"),
        ("cost: 0.5", "cost: 1.5", "a share of the points, from 0 to 1"),
        ("cost: 0.5}", "cost: 0.6}\n      - {id: more, cost: 0.6}", "together the hints cost more"),
        ('{where: "It leaves the chip."}', "{elsewhere: No.}", "“where” is missing"),
        ("{kind: bars, log: true, names: [int8, fp32, DRAM], values: [0.2, 3.7, 640]}", "{file: ../x.png}", "bare name"),
        ("{kind: bars, log: true, names: [int8, fp32, DRAM], values: [0.2, 3.7, 640]}", "{file: no.png}", "there is no file"),
        ("{kind: bars, log: true, names: [int8, fp32, DRAM], values: [0.2, 3.7, 640]}", "{asset: x.svg}", "no name of an uploaded"),
    ],
)  # fmt: skip
def test_every_fault_is_found_with_its_line(before, after, problem, tmp_path):
    findings = read(changed(before, after), tmp_path).findings
    assert any(problem in finding.message for finding in findings), findings
    assert all(finding.line > 1 for finding in findings)


def test_a_file_is_named_by_its_content_when_it_is_read(tmp_path):
    (tmp_path / "chip.png").write_bytes(png())
    text = changed(
        "{kind: bars, log: true, names: [int8, fp32, DRAM], values: [0.2, 3.7, 640]}", "{file: chip.png}"
    )
    (image,) = assets_of(read(text, tmp_path).questions[0].definition)
    assert (image.asset, image.file) == (asset_of(png()).name, "chip.png")
    (tmp_path / "chip.png").write_bytes(b"<svg></svg>")
    assert any("SVG files can hold scripts" in each.message for each in read(text, tmp_path).findings)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ('alt: "Energy of three operations on a logarithmic axis.", ', "", "alt"),
        ("values: [0.2, 3.7, 640]", "values: [0, 3.7, 640]", "image"),
        ("names: [int8, fp32, DRAM]", "names: [int8, fp32]", "image"),
        ("images:\n      energy:", "images:\n      other: {kind: bars, values: [1]}\n      energy:", "image"),
        ("id: float32, bar: 2", "id: float32, bar: 3", "region"),
        ("id: float32, bar: 2", "id: float32, band: [2000, 5000]", "region"),
        ('float32: "Not this one."', 'float32: "Not these 2."', "numbers"),
        ('where: "It leaves the chip."', 'where: "It leaves $x$."', "formulas"),
    ],
)
def test_a_rule_finds_its_fault(before, after, rule):
    text = changed(before, after)
    bank = bank_of([read(text)])
    assert rule in {finding.rule for finding in lint(bank, draw_bank(bank, {}))}
    sound = bank_of([read(FILE)])
    assert not [each for each in lint(sound, draw_bank(sound, {})) if each.rule == rule]
