"""What the web process loads: a fresh interpreter, since this one has everything already."""

import subprocess
import sys
from functools import cache

import pytest

WEB = """
import sys
import prova.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
import questionbank.questions, questionbank.actions, questionbank.admin, questionbank.items
import questionbank.linting, questionbank.completeness, questionbank.formats.writing, questionbank.formats.yaml_file
print(" ".join(name for name in sys.modules if "." not in name or name.startswith("questionbank.")))
"""
PURE = """
import sys
import questionbank.items, questionbank.rendering, questionbank.formats.yaml_file, questionbank.linting
import questionbank.generators
print(" ".join(sys.modules))
"""


@cache
def modules_after(program: str) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    return set(ended.stdout.split())


def test_the_web_process_loads_neither_torch_nor_numba_nor_a_generator() -> None:
    loaded = modules_after(WEB)
    assert "questionbank.questions" in loaded
    assert loaded.isdisjoint({"torch", "numba", "hypothesis", "reference_impl", "numpy"})
    assert not any(name.startswith("questionbank.generators") for name in loaded)


@pytest.mark.parametrize("forbidden", ["django", "celery", "psycopg", "numpy", "torch", "numba"])
def test_items_formats_and_rules_are_pure(forbidden: str) -> None:
    assert forbidden not in modules_after(PURE)
