"""What a draw depends on, so that variants outlive a change of words that no draw looks at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from questionbank.definition import QuestionDefinition

#: Whatever is not named here counts: a field that is new makes one draw too many, and never one too few.
_WORDS = {"topic", "level", "source", "objective", "convention", "hints", "images", "assets", "note"}
_TEXTS_WITHOUT_EFFECT = {"stem", "explanation", "slips", "revision", "hints", "images"}


def draw_fingerprint(question: QuestionDefinition) -> str:
    """Equal for questions whose draws are equal; texts of options count, since alike ones are drawn again."""
    whole = question.to_json()
    neutral = {name: value for name, value in whole.items() if name not in {*_WORDS, "texts"}}
    texts = {language: _with_effect(text) for language, text in whole["texts"].items()}
    written = json.dumps({**neutral, "texts": texts}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()


def _with_effect(text: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in text.items() if name not in _TEXTS_WITHOUT_EFFECT}
    kept["options"] = {option: written["text"] for option, written in text.get("options", {}).items()}
    return kept
