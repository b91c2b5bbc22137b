"""Statements of a module and the names that tie them together, from its syntax tree. Nothing runs. Pure."""

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    node: ast.stmt
    binds: frozenset[str]
    uses: frozenset[str]


def statements(tree: ast.Module) -> list[Statement]:
    """All but the docstring, which may tell of what is left out."""
    body = tree.body[1:] if ast.get_docstring(tree, clean=False) is not None else tree.body
    return [Statement(node, frozenset(_bound(node)), frozenset(_used(node))) for node in body]


def reached(all_statements: Iterable[Statement], roots: Collection[str]) -> list[Statement]:
    """Those that define one of the `roots` or what they need, in the order of the file."""
    known = list(all_statements)
    kept: set[int] = set()
    needed, waiting = set(roots), True
    while waiting:
        waiting = False
        for number, one in enumerate(known):
            if number not in kept and (one.binds & needed or not one.binds):
                kept.add(number)
                needed |= one.uses
                waiting = True
    return [one for number, one in enumerate(known) if number in kept]


def constants(nodes: Iterable[ast.AST]) -> set[str]:
    """All texts in them."""
    return {
        found.value
        for node in nodes
        for found in ast.walk(node)
        if isinstance(found, ast.Constant) and isinstance(found.value, str)
    }


def _bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name  # what is bound inside stays inside
        return
    for found in ast.walk(node):
        if isinstance(found, ast.FunctionDef | ast.ClassDef):
            yield found.name
        elif isinstance(found, ast.alias):
            yield (found.asname or found.name).partition(".")[0]
        elif isinstance(found, ast.Name) and isinstance(found.ctx, ast.Store):
            yield found.id


def _used(node: ast.stmt) -> Iterator[str]:
    for found in ast.walk(node):
        if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Load):
            yield found.id
