"""The statement of an exercise and its formulas as safe HTML and MathML."""

import re

from questionbank.rendering import RenderingProblem, render
from questionbank.variant import Variant

_NO_PARAMETERS = Variant()
_HEADING = re.compile(r"^(#{1,4})(?= )", re.MULTILINE)
_FENCED = re.compile(r"(^```.*?^```[^\S\n]*$)", re.MULTILINE | re.DOTALL)


def statement_html(source: str, language: str) -> str:
    """RenderingProblem: a formula or a sign in it is at fault; the author's turn."""
    html = render(_under_the_page_title(source), language, _NO_PARAMETERS)
    # The empty corner of a table is no heading: a screen reader would announce one without a word.
    return _scrolling(html.replace("<th></th>", "<td></td>"))


def formula_html(formula: str, language: str) -> str:
    """A formula by itself; "": there is none. RenderingProblem: as above."""
    return _scrolling(render(f"$$\n{formula}\n$$", language, _NO_PARAMETERS)) if formula else ""


def _scrolling(html: str) -> str:
    """What may be wider than the page scrolls, so a keyboard must get to it."""
    return html.replace('<div class="formula">', '<div class="formula" tabindex="0">').replace(
        '<pre class="code">', '<pre class="code" tabindex="0">'
    )


def _under_the_page_title(source: str) -> str:
    """Headings one level inside the page's own h2: # and ## become h3, ### h4. A comment in a code block stays one."""
    parts = _FENCED.split(source)
    return "".join(part if part.startswith("```") else _HEADING.sub(_lower, part) for part in parts)


def _lower(found: re.Match[str]) -> str:
    return "###" if len(found[1]) <= 2 else "####"


__all__ = ["RenderingProblem", "formula_html", "statement_html"]
