"""The catalogue of built-in generators, read from their source: importing them would load the reference library."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import questionbank

FOLDER = Path(questionbank.__file__).parent / "generators"
#: What a generator of an author's own may import from `reference`; as `grader.draw_reference.NAMES`, of which the web
#: process knows nothing.
REFERENCE_NAMES = (
    "bitmap_bits",
    "choose_qparams",
    "choose_signed_qparams",
    "compression_ratio",
    "conv_macs",
    "csr_bits",
    "dense_bits",
    "dense_macs",
    "dequantize",
    "effective_bits",
    "entropy",
    "huffman_code_lengths",
    "huffman_mean_length",
    "index_bits",
    "quantize",
    "relative_bits",
    "rounding_error_bound",
    "rounding_noise_power",
    "shared_bits",
    "sharing_ratio",
)


@cache
def catalogue() -> tuple[tuple[str, str], ...]:
    """(name, first line of its description), by name. The files do not change while the site runs."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for name in filter(None, map(_registered_name, node.decorator_list)):
                    found[name] = (ast.get_docstring(node) or "").split("\n")[0]
    return tuple(sorted(found.items()))


def _registered_name(decorator: ast.expr) -> str:
    """x of @generator("x")."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Name):
        return ""
    if decorator.func.id != "generator" or not decorator.args:
        return ""
    argument = decorator.args[0]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""
