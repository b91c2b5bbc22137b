"""Formulas of declared parameters: numbers and nothing else, so that evaluating one can neither reach anything nor last.

Checked when the question is read; computed with Python's own arithmetic, within bounds.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

MAX_CHARACTERS = 500
MAX_NODES = 200
#: Whole numbers may have this many bits, and a power is refused before it is computed.
MAX_BITS = 256
#: Places that a number may be rounded to, before or after the point.
MAX_DIGITS = 80

Value = int | float | bool | list["Value"]


class BadExpression(ValueError):
    """The author's turn: this is not a formula that can be computed here."""


class CannotCompute(ValueError):
    """The author's turn: for these values the formula has no value."""


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "len": len,
    "log2": math.log2,
    "max": max,
    "min": min,
    "round": round,
    "sqrt": math.sqrt,
    "sum": sum,
}
_SHAPE = (ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.IfExp, ast.List, ast.Tuple, ast.Load)


@dataclass(frozen=True)
class Expression:
    text: str
    _tree: ast.expr

    @classmethod
    def read(cls, text: str, names: Collection[str]) -> Expression:
        """BadExpression: not a formula over these names."""
        if len(text) > MAX_CHARACTERS:
            raise BadExpression(
                f"a formula has at most {MAX_CHARACTERS} characters; give parts of it names of their own"
            )
        try:
            tree = ast.parse(text.strip(), mode="eval")
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            raise BadExpression(
                f"“{text}” is not a formula; write it as in Python, such as (hi - lo) / (2**bits - 1)"
            ) from None
        nodes = list(ast.walk(tree))
        if len(nodes) > MAX_NODES:
            raise BadExpression(f"“{text}” is too long; give parts of it names of their own")
        called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
        for node in nodes:
            _refuse(node, text, names, is_called=id(node) in called)
        return cls(text, tree.body)

    def value(self, values: Mapping[str, Any]) -> Any:
        """CannotCompute: a division by zero, the root of a negative number, a number out of bounds."""
        try:
            return _value(self._tree, values)
        except (ArithmeticError, TypeError, ValueError) as error:
            raise CannotCompute(f"“{self.text}” has no value: {error}") from None


def _refuse(node: ast.AST, text: str, names: Collection[str], *, is_called: bool) -> None:
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
            raise BadExpression(
                f"“{text}” calls a function that is not known here; known are {', '.join(FUNCTIONS)}"
            )
    elif isinstance(node, ast.Name):
        if not is_called and node.id not in names:
            known = ", ".join(names) or "none yet"
            raise BadExpression(
                f"“{text}” uses the name {node.id}, which is not declared before it; declared are {known}"
            )
    elif isinstance(node, ast.Constant):
        if type(node.value) not in (int, float, bool) or _is_out_of_bounds(node.value):
            raise BadExpression(f"“{text}” holds something other than numbers of a usual size")
    elif type(node) not in {*_BINARY, *_UNARY, *_COMPARE} and not isinstance(
        node, (ast.BinOp, ast.UnaryOp, ast.Compare, *_SHAPE)
    ):
        raise BadExpression(
            f"“{text}” uses {type(node).__name__}, which formulas do not have; "
            "they have numbers, declared names, + - * / // % **, comparisons, and, or, not, … if … else …, lists and "
            + ", ".join(FUNCTIONS)
        )


def _value(node: ast.AST, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return values[node.id]
        case ast.List() | ast.Tuple():
            return [_value(each, values) for each in node.elts]
        case ast.IfExp():
            return _value(node.body if _value(node.test, values) else node.orelse, values)
        case ast.BoolOp():
            wanted = isinstance(node.op, ast.Or)
            return wanted if any(bool(_value(each, values)) is wanted for each in node.values) else not wanted
        case ast.Compare():
            return _compared(node, values)
        case ast.UnaryOp():
            return _UNARY[type(node.op)](_number(_value(node.operand, values)))
        case ast.BinOp():
            return _combined(node, _number(_value(node.left, values)), _number(_value(node.right, values)))
        case ast.Call(func=ast.Name(id=name)):
            return _bounded(_called(name, [_value(each, values) for each in node.args]))
    raise AssertionError(f"{type(node).__name__} was let through")


def _called(name: str, arguments: list[Any]) -> Any:
    if name == "round" and len(arguments) == 2 and not -MAX_DIGITS <= arguments[1] <= MAX_DIGITS:
        raise ValueError(f"it is rounded to {MAX_DIGITS} digits at most")  # round(5, -10**9) takes hours
    return FUNCTIONS[name](*arguments)


def _combined(node: ast.BinOp, left: Any, right: Any) -> Any:
    if isinstance(node.op, ast.Pow) and _is_huge_power(left, right):
        raise ValueError("the power is too large")
    return _bounded(_BINARY[type(node.op)](left, right))


def _is_huge_power(base: Any, exponent: Any) -> bool:
    """Told before it is computed; of floats the arithmetic itself tells."""
    if not isinstance(base, int) or not isinstance(exponent, int):
        return False
    return abs(exponent) > MAX_BITS or base.bit_length() * abs(exponent) > 2 * MAX_BITS


def _compared(node: ast.Compare, values: Mapping[str, Any]) -> bool:
    left = _value(node.left, values)
    for compare, right_node in zip(node.ops, node.comparators, strict=True):
        right = _value(right_node, values)
        if not _COMPARE[type(compare)](left, right):
            return False
        left = right
    return True


def _number(value: Any) -> Any:
    if isinstance(value, list | str):  # [0] * 10**9, "a" * 10**9, "%1000000000d" % 5
        raise TypeError(f"a {'list' if isinstance(value, list) else 'text'} is not a number")
    return value


def _bounded(value: Any) -> Any:
    if isinstance(value, complex) or _is_out_of_bounds(value):
        raise ValueError("the number is not finite, not real or too large")
    return value


def _is_out_of_bounds(value: Any) -> bool:
    if isinstance(value, int):
        return value.bit_length() > MAX_BITS
    return isinstance(value, float) and not math.isfinite(value)
