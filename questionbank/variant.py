"""The concrete numbers of one drawing of a parameterised question; a static question has one empty variant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Number = int | float
Shown = int | float | str | list[int] | list[float] | list[str]


@dataclass(frozen=True)
class Variant:
    #: What the stem may show.
    params: Mapping[str, Shown] = field(default_factory=dict)
    #: Choice items: the value of every generated option, by option id.
    options: Mapping[str, Shown] = field(default_factory=dict)
    #: Numeric items: the right value.
    key: Number | None = None
    #: Numeric items: known-wrong values, by slip id.
    slips: Mapping[str, Number] = field(default_factory=dict)

    @cached_property
    def as_text(self) -> str:
        """Canonical JSON: equal variants have equal texts."""
        return json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "params": dict(self.params),
            "options": dict(self.options),
            "key": None if self.key is None else {"value": self.key, "slips": dict(self.slips)},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Variant:
        key = data.get("key") or {}
        return cls(
            params=data.get("params") or {},
            options=data.get("options") or {},
            key=key.get("value"),
            slips=key.get("slips") or {},
        )
