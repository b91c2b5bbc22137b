"""Whoever calls a public function learns from its docstring, or from its module's, what it refuses."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import reference_impl
from reference_impl import errors

FOLDER = Path(reference_impl.__file__).parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
MODULES = [path for path in sorted(FOLDER.rglob("*.py")) if path.name not in ("__init__.py", "errors.py")]
MAKERS = ("__init__", "__post_init__")
#: "As streams.encode.", "Errors as `factorise`": where to read on.
AS_ANOTHER = re.compile(r"^As \w|rrors as `?\w")
#: What the checks refuse that most functions begin with (reals.py).
REFUSED_BY = {
    "some_reals": "EmptyInput",
    "refuse_outside": "OutOfRange",
    "refuse_negative": "OutOfRange",
    "refuse_unless_positive": "OutOfRange",
}


@dataclass(frozen=True)
class Public:
    name: str
    docstring: str
    around: str  #: docstrings of its class and its module, and of what makes an instance
    statements: list[ast.stmt]

    def refuses(self) -> set[str]:
        """The library's errors that it raises itself or through a check; those of other functions are not followed."""
        nodes = [node for statement in self.statements for node in ast.walk(statement)]
        raised = [node.exc for node in nodes if isinstance(node, ast.Raise)]
        named = {name_of(node.func) for node in raised if isinstance(node, ast.Call)} & ERRORS
        called = {name_of(node.func) for node in nodes if isinstance(node, ast.Call)}
        return named | {error for check, error in REFUSED_BY.items() if check in called}

    def says(self) -> set[str]:
        if AS_ANOTHER.search(self.docstring):
            return ERRORS
        return set(re.findall(r"\w+", self.docstring + self.around))


def name_of(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def public(body: list[ast.stmt], around: str) -> Iterator[Public]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        docstring = ast.get_docstring(node) or ""
        if isinstance(node, ast.FunctionDef):
            yield Public(node.name, docstring, around, node.body)
        else:
            makers = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name in MAKERS]
            of_makers = " ".join(ast.get_docstring(part) or "" for part in makers)
            yield Public(node.name, docstring, f" {of_makers} {around}", [*makers])
            yield from public(node.body, f" {docstring} {around}")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_what_a_function_refuses_is_named_in_the_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text())
    found = public(tree.body, ast.get_docstring(tree) or "")
    silent = {each.name: each.refuses() - each.says() for each in found}
    assert {name: missing for name, missing in silent.items() if missing} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_every_module_says_what_it_is_about(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))
