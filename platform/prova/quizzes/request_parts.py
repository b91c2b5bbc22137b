"""The parts of a request to a paper: an answer, what the page knows of the saved one, a language, a number.

Anything may arrive: what cannot be read counts as not sent.
"""

import re

from django.http import HttpRequest
from django.utils.translation import get_language

from prova.accounts.address import sender_address
from prova.accounts.preferences import LANGUAGES
from prova.quizzes.entrance import Credentials
from prova.quizzes.saving import Base
from prova.quizzes.typed import typed, within_bounds

MAX_ID_DIGITS = 18
MAX_PASSWORD_CHARS = 100
TAB_NAME = re.compile(r"[0-9A-Za-z-]{1,36}")


def raw_of(request: HttpRequest, item_id: int) -> list[str]:
    """As the pages of a quiz send it: “item-7”, “item-7.1” for a row, “item-7.x1” for a named part."""
    field = f"item-{item_id}"
    names = (name for name in request.POST if name == field or name.startswith(f"{field}."))
    given = ((name[len(field) + 1 :], text) for name in names for text in request.POST.getlist(name))
    return within_bounds((part, typed(text)) for part, text in given)


def base_of(request: HttpRequest) -> Base:
    """What the page that saves says it knows; a page that says nothing is taken at its word."""
    tab = request.POST.get("tab", "")
    return Base(
        response_id=number_of(request.POST.get("base", "")),
        tab=tab if TAB_NAME.fullmatch(tab) else "",
        tab_counter=number_of(request.POST.get("counter", ""), most=2**31 - 1),
    )


def number_of(text: str, most: int = 2**63 - 1) -> int | None:
    number = int(text) if text.isdecimal() and text.isascii() and len(text) <= MAX_ID_DIGITS else None
    return number if number is not None and number <= most else None


def language_of_page() -> str:
    return get_language() or "en"


def known_language(language: str) -> str:
    return language if language in LANGUAGES else ""


def credentials_of(request: HttpRequest) -> Credentials:
    return Credentials(
        password=request.POST.get("password", "")[:MAX_PASSWORD_CHARS], address=sender_address(request.META)
    )
