"""Checks that a student's package does not have, and why. Values that travel as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

INFO_FILE = "package.json"
_FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    name: str
    points: float
    titles: Mapping[str, str]
    hidden: bool  #: False: visible, but measured against a program that stays on the site


@dataclass(frozen=True, kw_only=True)
class PackageInfo:
    slug: str
    version: str  #: of the exercise on the site; the folder's own differs, as parts are missing
    left_out: tuple[LeftOut, ...] = ()

    def to_json(self) -> str:
        return json.dumps({"format": _FORMAT, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "PackageInfo":
        """ValueError: not one that this version writes."""
        try:
            found: dict[str, Any] = json.loads(text)
            if found.pop("format") != _FORMAT:
                raise ValueError("of another version")
            left_out = tuple(LeftOut(**one) for one in found.pop("left_out"))
            return cls(**found, left_out=left_out)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a package's description: {error}") from None
