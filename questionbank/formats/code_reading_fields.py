"""Code reading: the program, its output, and how the output is compared."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import Fields
from questionbank.formats.generator_fields import is_generated
from questionbank.formats.type_format import TypeFormat
from questionbank.items.code_reading import CodeReading
from questionbank.typed import ProgramDefinition

MOST_CODE_CHARACTERS = 4000


def _read(fields: Fields) -> dict[str, Any]:
    program = fields.sub("program")
    program.only({"code", "output", "ignore_case", "ignore_spaces"})
    code = program.text("code")
    if len(code) > MOST_CODE_CHARACTERS:
        program.problem(f"the program has more than {MOST_CODE_CHARACTERS} characters; shorten it", "code")
    generated = is_generated(fields)
    if generated and "output" in program.values:
        program.problem("the generator computes the output; leave “output” out", "output")
    output = None if generated else program.text("output")
    if output and len(output) > CodeReading.max_answer_chars:
        program.problem(
            f"the output is longer than the {CodeReading.max_answer_chars} characters a learner can type",
            "output",
        )
    definition = ProgramDefinition(code, output, program.flag("ignore_case"), program.flag("ignore_spaces"))
    rules = CodeReading.rules
    return {"program": definition, "scoring": fields.choice("scoring", rules, default=rules[0])}


CODE_READING = TypeFormat(frozenset({"program", "scoring"}), _read)
