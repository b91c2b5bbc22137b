"""SVG elements as text. Colours come from classes of the page's style sheet; nothing has a style of its own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """`content` is markup. `class_` gives the attribute class, and `text_anchor` text-anchor."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-") if key != "viewBox" else key}="{_value(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, x: float, y: float, class_: str = "", **attributes: str | float) -> str:
    named = {"class_": class_} if class_ else {}
    return element("text", escape(words), x=x, y=y, **named, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def rectangle(x: float, y: float, width: float, height: float, class_: str) -> str:
    return element("rect", x=x, y=y, width=width, height=height, class_=class_)


def path(points: Iterable[tuple[float, float]], class_: str, *, closed: bool = False) -> str:
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return element("path", d=f"M{through}{'Z' if closed else ''}", class_=class_)


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:.1f}".removesuffix(".0")
