"""Language, theme and time zone of the person looking, from what the request says."""

import zoneinfo
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGE_COOKIE = "language"
THEME_COOKIE = "theme"
#: set by static/prova/page.js; without it times are shown in UTC, and say so
TIME_ZONE_COOKIE = "timezone"
COOKIE_AGE_S = 365 * 24 * 3600

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
THEMES = ("auto", "light", "dark")


def choose_language(*, chosen: str, cookie: str, accepted: str) -> str:
    """The person's own choice, else the cookie, else the best of the browser's list, else the default."""
    for candidate in (chosen, cookie):
        if candidate in LANGUAGES:
            return candidate
    for tag, _weight in parse_accept_lang_header(accepted):
        try:
            # European Portuguese is better served by Brazilian Portuguese than by English.
            return "pt-br" if tag.split("-")[0] == "pt" else get_supported_language_variant(tag)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def choose_theme(cookies: Mapping[str, str]) -> str:
    theme = cookies.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def choose_time_zone(cookies: Mapping[str, str]) -> zoneinfo.ZoneInfo | None:
    """None: unknown, or not a zone."""
    name = cookies.get(TIME_ZONE_COOKIE, "")
    return zoneinfo.ZoneInfo(name) if name in _zone_names() else None


def _zone_names() -> frozenset[str]:
    global _ZONES
    if not _ZONES:
        _ZONES = frozenset(zoneinfo.available_timezones())
    return _ZONES


_ZONES: frozenset[str] = frozenset()
