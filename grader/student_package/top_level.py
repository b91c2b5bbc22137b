"""Statements of a module and the names that tie them together, from its syntax tree. Nothing runs. Pure."""

import ast
import re
import symtable
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
    return [_statement(node) for node in body]


def _statement(node: ast.stmt) -> Statement:
    table = symtable.symtable(ast.unparse(node), "checks.py", "exec")
    return Statement(node, frozenset(_bound(table)), frozenset(_used(table)))


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


def computed_texts(nodes: Iterable[ast.AST]) -> set[str]:
    """What each f-string in them can come to, as a pattern; not of those that say nothing by themselves."""
    strings = [found for node in nodes for found in ast.walk(node) if isinstance(found, ast.JoinedStr)]
    return {"".join(map(_pattern, one.values)) for one in strings if constants([one])}


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*"


def _bound(module: symtable.SymbolTable) -> Iterator[str]:
    """By the module: what is bound inside a function, a class or a comprehension stays inside."""
    for symbol in module.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            yield symbol.get_name()


def _used(table: symtable.SymbolTable) -> Iterator[str]:
    """Of the module: no names of a function's own."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _used(inner)
