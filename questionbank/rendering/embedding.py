"""Pictures in a rendered text. Markdown names them `![alternative text](image:ID)`; nothing else may be fetched."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Protocol

from questionbank.rendering.problem import RenderingProblem

SCHEME = "image:"
#: Stand for the picture while the HTML is cleaned: they are text, and no text of an author holds them.
_OPEN, _BETWEEN, _SHUT = "\ue003", "\ue004", "\ue005"
_MARKED = re.compile(f"{_OPEN}([^{_BETWEEN}]*){_BETWEEN}([^{_SHUT}]*){_SHUT}")
_ALONE = re.compile(f"<p>\\s*({_MARKED.pattern})\\s*</p>")


class Pictures(Protocol):
    def figure(self, image: str, alt: str) -> str:
        """HTML of a picture that stands alone. Raises RenderingProblem."""

    def phrase(self, image: str, alt: str) -> str:
        """HTML of a picture within a sentence. Raises RenderingProblem."""


def marker(target: str, alt: str) -> str:
    """As HTML text. Raises RenderingProblem for a target that is no image of the question."""
    if not target.startswith(SCHEME):
        raise RenderingProblem(
            f"a picture is fetched from “{target}”",
            "declare it under “images” and write ![…](image:ID); the page fetches nothing from elsewhere",
        )
    return f"{_OPEN}{escape(target.removeprefix(SCHEME))}{_BETWEEN}{escape(alt)}{_SHUT}"


def embedded(html: str, pictures: Pictures) -> str:
    if _OPEN not in html:
        return html
    html = _ALONE.sub(lambda found: pictures.figure(unescape(found[2]), unescape(found[3])), html)
    return _MARKED.sub(lambda found: pictures.phrase(unescape(found[1]), unescape(found[2])), html)


def without_pictures(html: str) -> str:
    """The alternative text in place of each."""
    return _MARKED.sub(lambda found: found[2], html) if _OPEN in html else html
