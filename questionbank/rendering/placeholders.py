"""`[[name]]`, `[[name|4]]`, `[[option.ID]]`, `[[slip.ID]]` and `[[key]]` in an authored text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from questionbank.rendering.numbers import Context, format_number, list_separator
from questionbank.rendering.problem import RenderingProblem
from questionbank.variant import Shown, Variant

PLACEHOLDER = re.compile(r"\[\[([A-Za-z_][\w.-]*)(?:\|(\d{1,9}))?\]\]")
#: A stored number has twelve digits.
MOST_DECIMALS = 20
#: Stand for the brackets while Markdown is parsed: neither links, tables nor emphasis know them.
_OPEN, _SHUT = "\ue000", "\ue001"
#: Stands for an escaped dollar sign, to tell it from one that opens a formula and lacks its end.
DOLLAR = "\ue002"
_ESCAPED = re.compile(r"\\([\\$])")
_SHIELDED = re.compile(f"{_OPEN}([^;{_SHUT}]+);(\\d*){_SHUT}")


@dataclass(frozen=True)
class Placeholder:
    name: str
    decimals: int | None

    def __str__(self) -> str:
        return f"[[{self.name}]]" if self.decimals is None else f"[[{self.name}|{self.decimals}]]"


def placeholders_in(text: str) -> Iterator[Placeholder]:
    for name, decimals in PLACEHOLDER.findall(text):
        yield Placeholder(name, int(decimals) if decimals else None)


def shield(text: str) -> str:
    """The text with its placeholders in a form no Markdown rule touches; `fill` takes it from there."""
    text = _ESCAPED.sub(lambda found: DOLLAR if found[1] == "$" else found[0], text)
    return PLACEHOLDER.sub(lambda found: f"{_OPEN}{found[1]};{found[2] or ''}{_SHUT}", text)


def unshield(shielded: str) -> str:
    shielded = shielded.replace(DOLLAR, r"\$")
    return _SHIELDED.sub(lambda found: f"[[{found[1]}{'|' + found[2] if found[2] else ''}]]", shielded)


def fill(shielded: str, variant: Variant, language: str, context: Context) -> str:
    def printed(found: re.Match[str]) -> str:
        placeholder = Placeholder(found[1], int(found[2]) if found[2] else None)
        return show(value_of(placeholder, variant), language, placeholder.decimals, context)

    filled = _SHIELDED.sub(printed, shielded)
    return filled if context is Context.PROSE else filled.replace(DOLLAR, r"\$")


def value_of(placeholder: Placeholder, variant: Variant) -> Shown:
    family, dot, name = placeholder.name.partition(".")
    value: Shown | None
    if placeholder.name == "key":
        value = variant.key
    elif dot and family == "option":
        value = variant.options.get(name)
    elif dot and family == "slip":
        value = variant.slips.get(name)
    else:
        value = variant.params.get(placeholder.name)
    if value is None:
        known = ", ".join(f"[[{known}]]" for known in names_in(variant)) or "no placeholder at all"
        raise RenderingProblem(
            f"{placeholder} stands for nothing", f"the variant of this question knows {known}"
        )
    return value


def names_in(variant: Variant) -> list[str]:
    """Every name a text of this variant may print."""
    key = ["key"] if variant.key is not None else []
    options = [f"option.{name}" for name in variant.options]
    return [*variant.params, *options, *key, *(f"slip.{name}" for name in variant.slips)]


def show(value: Shown, language: str, decimals: int | None, context: Context) -> str:
    if decimals is not None and decimals > MOST_DECIMALS:
        raise RenderingProblem(
            f"{decimals} places after the point are too many", f"write at most {MOST_DECIMALS}"
        )
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        members = [show(member, language, decimals, context) for member in value]
        return list_separator(language, context).join(members)
    try:
        return format_number(value, language, decimals, context)
    except ArithmeticError:
        raise RenderingProblem("a number has too many digits to be rounded", "draw smaller ones") from None


def filled(text: str, variant: Variant, language: str) -> str:
    """The text with its placeholders printed as in code, and nothing else changed: for what is compared, not read."""

    def printed(found: re.Match[str]) -> str:
        placeholder = Placeholder(found[1], int(found[2]) if found[2] else None)
        return show(value_of(placeholder, variant), language, placeholder.decimals, Context.CODE)

    return PLACEHOLDER.sub(printed, text)
