"""YAML as plain values, with the line of every one of them."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

#: Where a value lies in the document: keys and list positions from the top.
Place = tuple[str | int, ...]
MAX_DEPTH = 20
#: A reference stands for all that it names, so a short text could mean more values than memory holds.
MAX_VALUES = 500_000
#: Of a whole number.
MAX_BITS = 256
#: libyaml where the wheel has it: ten times as fast, and the same marks.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP = "this is nested too deeply, or refers to itself; write it flat"


@dataclass(frozen=True)
class YamlProblem:
    line: int
    message: str


@dataclass(frozen=True)
class LocatedDocument:
    value: Any
    lines: dict[Place, int]
    problems: tuple[YamlProblem, ...] = ()


@dataclass
class _Reader:
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[YamlProblem] = field(default_factory=list)
    is_full: bool = False
    scalars: yaml.SafeLoader = field(default_factory=lambda: yaml.SafeLoader(""))

    def read(self, node: yaml.Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        if len(place) > MAX_DEPTH:
            self.problems.append(YamlProblem(line, _TOO_DEEP))
            return None
        if len(self.lines) > MAX_VALUES:
            if not self.is_full:
                self.problems.append(
                    YamlProblem(line, "references repeat too much; write it out, or divide it")
                )
            self.is_full = True
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*place, position)) for position, child in enumerate(node.value)]
        return self._scalar(node, line)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self.read(key_node, (*place, ""))
            if not isinstance(key, Hashable):
                self.problems.append(YamlProblem(line, "a key must be a word"))
                continue
            name = key if isinstance(key, str) else str(key_node.value)
            if name in values:
                self.problems.append(YamlProblem(line, f"“{name}” is written twice; keep one of them"))
            self.lines[(*place, name)] = line
            values[name] = self.read(value_node, (*place, name))
        return values

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        try:
            return _storable(self.scalars.construct_object(node, deep=True))
        except (yaml.YAMLError, ValueError) as problem:
            self.problems.append(
                YamlProblem(line, f"this value cannot be read ({problem}); put it in quotes")
            )
            return None


def _storable(value: Any) -> Any:
    """ValueError: a number that no database keeps, or that takes long to write."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("it must be a number that is finite")
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ValueError(f"a whole number of more than {MAX_BITS} bits")
    return value


def load(text: str) -> LocatedDocument:
    """Never raises for what the text holds: what is wrong is in `problems`."""
    try:
        if too_deep := _line_too_deep(text):
            return LocatedDocument(None, {(): 1}, (YamlProblem(too_deep, _TOO_DEEP),))
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        what = getattr(problem, "problem", None) or str(problem)
        return LocatedDocument(
            None, {(): 1}, (YamlProblem(mark.line + 1 if mark else 1, f"not readable as YAML: {what}"),)
        )
    if root is None:
        return LocatedDocument(None, {(): 1})
    reader = _Reader()
    value = reader.read(root, ())
    return LocatedDocument(value, reader.lines, tuple(reader.problems))


def has_references(text: str) -> bool:
    """Whether a name (*name) stands for what is written elsewhere. Looks no deeper than `load` does."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent):
                return True
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > 2 * MAX_DEPTH:  # libyaml takes the square of the depth
                return False
    except yaml.YAMLError:
        pass  # said by `load`, with its line
    return False


def _line_too_deep(text: str) -> int | None:
    """Looked at before a tree is made of the text: libyaml makes it by recursion in C, which ends the process.

    Raises yaml.YAMLError.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > 2 * MAX_DEPTH:
                assert event.start_mark is not None  # the parser sets it
                return int(event.start_mark.line) + 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None
