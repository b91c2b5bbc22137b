"""The item types as an author chooses between them: a name, one sentence, an example, and what a new one starts with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prova.authoring.forms.content import Content
from questionbank.items import ITEM_TYPES

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    id: str
    name: Words
    sentence: Words
    #: Lines of a small picture: (mark, text); marks are drawn by the style sheet.
    example: tuple[tuple[str, Words], ...] = ()


KINDS = (
    Kind(
        "single_choice",
        _("Single choice"),
        _("Several answers, one of them right. Quick to answer; every wrong answer can explain a mistake."),
        (("radio", "255"), ("radio on", "256"), ("radio", "8")),
    ),
    Kind(
        "multiple_choice",
        _("Multiple choice"),
        _("Several answers, any number of them right. Partial credit by one of five rules."),
        (("box on", _("codebook")), ("box", _("gradients")), ("box on", _("indices"))),
    ),
    Kind(
        "true_false",
        _("True or false"),
        _("A table of statements, each decided on its own."),
        (("pair", _("A mask stays while one retrains.")), ("pair", _("Zeros make a dense matrix smaller."))),
    ),
    Kind(
        "numeric",
        _("Numeric"),
        _(
            "A number within a tolerance, with a unit if it has one. Known wrong numbers get their own explanation."
        ),
        (("entry", _("3.56")),),
    ),
    Kind(
        "matching",
        _("Matching"),
        _("Each row is matched with one of a list of choices; some choices fit no row."),
        (("list", _("Huffman coding → code lengths")), ("list", _("Weight sharing → codebook"))),
    ),
    Kind(
        "ordering",
        pgettext_lazy("kind of question", "Ordering"),
        _("Steps to be put in their order."),
        (("step", _("train")), ("step", _("prune")), ("step", _("retrain"))),
    ),
    Kind(
        "short_answer",
        _("Short answer"),
        _("A word or a short phrase, compared by rules for case, accents and spelling."),
        (("entry", "codebook"),),
    ),
    Kind(
        "gaps",
        _("Fill in the gaps"),
        _("A text with gaps, each filled by typing or by choosing."),
        (("text", _("A mask sets weights to ____ .")),),
    ),
    Kind(
        "code_reading",
        _("Code reading"),
        _("A program is shown, and its output is asked for."),
        (("code", "print(2**8 - 1)"), ("entry", "255")),
    ),
    Kind(
        "hotspot",
        _("Image hotspot"),
        _("A place in a picture is marked, such as the threshold of a histogram."),
        (("spot", _("mark the place")),),
    ),
    Kind(
        "free_text",
        _("Free text"),
        _("A longer answer that a person marks with a rubric."),
        (("text", _("Explain why …")),),
    ),
    Kind(
        "code",
        _("Code"),
        _("A function is written; the checks of an exercise score it in the sandbox."),
        (("code", "def scale(lo, hi, bits):"),),
    ),
)


def kinds() -> list[Kind]:
    """Those the question bank can ask, in the order of the page; a type without words is shown by its name."""
    known = [kind for kind in KINDS if kind.id in ITEM_TYPES]
    named = {kind.id for kind in KINDS}
    return known + [Kind(name, name, "") for name in ITEM_TYPES if name not in named]


def kind_of(item_type: str) -> Kind:
    return next((kind for kind in KINDS if kind.id == item_type), Kind(item_type, item_type, ""))


def blank(item_type: str, slug: str, source_language: str, other_languages: list[str]) -> Content:
    """A question of this type with nothing in it but the rows it needs at least."""
    content: Content = {"id": slug, "type": item_type, "level": "apply", "objective": {}, "convention": {}}
    if source_language != "en":
        content["source_language"] = source_language
    rows = [{"id": name} for name in "abc"]
    starts: dict[str, dict[str, Any]] = {
        "short_answer": {"answers": [{"id": "right"}], "slips": ["mistaken"]},
        "gaps": {
            "gaps": [
                {"id": "first", "kind": "text"},
                {"id": "second", "kind": "number", "key": 0},
                {"id": "third", "kind": "choice", "choices": ["yes", "no"], "key": "yes"},
            ]
        },
        "code_reading": {"program": {"code": "print(2**8 - 1)", "output": "255"}},
        "hotspot": {
            "images": {"chart": {"kind": "bars", "names": ["a", "b", "c"], "values": [1, 2, 3]}},
            "hotspot": {"picture": "chart", "regions": [{"id": "largest", "bar": 3, "correct": True}]},
        },
        "free_text": {
            "rubric": [
                {"id": "idea", "levels": [{"id": "missing", "points": 0}, {"id": "said", "points": 1}]}
            ],
            "words": {"least": 20, "most": 150},
        },
        "code": {"code": {"starter": "def f(x):\n    ...", "solution": "def f(x):\n    return x"}},
        "single_choice": {"options": [{"id": "a", "correct": True}, {"id": "b"}, {"id": "c"}]},
        "multiple_choice": {"options": rows},
        "true_false": {"options": rows},
        "ordering": {"options": rows},
        "matching": {
            "options": [{"id": name, "match": f"choice-{place}"} for place, name in enumerate("abc", 1)],
            "choices": [f"choice-{place}" for place in range(1, 5)],
        },
        "numeric": {"tolerance": {"kind": "relative", "value": 0.01}},
    }
    languages = dict.fromkeys([source_language, *other_languages])
    return (
        content | starts.get(item_type, {}) | {"texts": {each: _text_start(item_type) for each in languages}}
    )


def _text_start(item_type: str) -> dict[str, Any]:
    """What a text of this type must hold, for the author to fill in."""
    starts = {"gaps": {"stem": "[[gap.first]] [[gap.second]] [[gap.third]]"}}
    return dict(starts.get(item_type, {}))
