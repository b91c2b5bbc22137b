"""checks.py without some of its checks, and without whatever only those needed. Pure: text in, text out."""

import ast
import re
from collections.abc import Collection

from grader.student_package.top_level import Statement, computed_texts, constants, reached, statements


def without_checks(source: str, dropped: Collection[str]) -> str:
    """Functions, data and imports that only the `dropped` checks use go with them, and so does what comments say between
    the functions. SyntaxError: not Python."""
    tree = ast.parse(source)
    left = [one for one in statements(tree) if not one.binds & set(dropped)]
    kept = reached(left, _checks(left))
    lines = source.splitlines()
    return "".join(_text(one, lines, kept, dropped) + _gap(one) for one in kept).rstrip() + "\n"


def races(source: str) -> set[str]:
    """Checks that measure against the baseline, themselves or by a function of theirs."""
    known = statements(ast.parse(source))
    return {
        name
        for name in _checks(known)
        if any(_asks_for_a_race(one.node) for one in reached(_functions(known), [name]) if one.binds)
    }


def texts_in(source: str) -> set[str]:
    """Every text that its code has."""
    return constants([ast.parse(source)])


def comes_to(text: str, source: str) -> bool:
    """Whether its code may put this text together."""
    return any(re.fullmatch(pattern, text) for pattern in computed_texts([ast.parse(source)]))


def _checks(known: Collection[Statement]) -> list[str]:
    return [one.node.name for one in known if isinstance(one.node, ast.FunctionDef) and _is_check(one.node)]


def _functions(known: Collection[Statement]) -> list[Statement]:
    return [one for one in known if isinstance(one.node, ast.FunctionDef | ast.ClassDef)]


def _is_check(function: ast.FunctionDef) -> bool:
    return any(_called(decorator) == "check" for decorator in function.decorator_list)


def _called(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "id", getattr(function, "attr", ""))


def _asks_for_a_race(node: ast.AST) -> bool:
    return any(isinstance(found, ast.Attribute) and found.attr == "race" for found in ast.walk(node))


def _text(one: Statement, lines: list[str], kept: list[Statement], dropped: Collection[str]) -> str:
    """As it was written, with the comments inside, unless a part of it has to go."""
    node = one.node
    used = set().union(*(other.uses for other in kept))
    if isinstance(node, ast.Import | ast.ImportFrom):
        node.names = [alias for alias in node.names if _name(alias) in used] or node.names
        return ast.unparse(node)
    if isinstance(node, ast.FunctionDef) and _unlink(node, dropped):
        return ast.unparse(node)
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _gap(one: Statement) -> str:
    return "\n\n\n" if isinstance(one.node, ast.FunctionDef | ast.ClassDef) else "\n"


def _name(alias: ast.alias) -> str:
    return (alias.asname or alias.name).partition(".")[0]


def _unlink(function: ast.FunctionDef, dropped: Collection[str]) -> bool:
    """Whether it depended on a check that is dropped; it does not any more."""
    changed = False
    for decorator in function.decorator_list:
        for option in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if option.arg == "depends_on" and constants([option.value]) & set(dropped):
                left = sorted(constants([option.value]) - set(dropped))
                option.value = ast.Tuple([ast.Constant(name) for name in left], ast.Load())
                changed = True
    return changed
