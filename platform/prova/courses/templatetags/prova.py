"""How pages write times, spans and icons."""

import math
from datetime import datetime, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from prova.courses import levels
from prova.courses.fixed import fixed
from prova.courses.icons import icon
from prova.courses.topics import label_of

register = template.Library()
register.simple_tag(icon)
register.tag(fixed)

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """Day and time in the person's zone, which is named."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    # Portuguese writes months small.
    day_and_time = "j b Y, H:i" if (get_language() or "").startswith("pt") else "j M Y, H:i"
    text = f"{date_format(local, day_and_time)} {zone_name(local)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.filter
def clock_time(at: datetime | None) -> str:
    return "" if at is None else f"{timezone.localtime(at):%H:%M:%S}"


@register.filter
def span(seconds: float | timedelta | None) -> str:
    """A length of time in its two greatest units."""
    if seconds is None:
        return ""
    whole = max(int(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds), 0)
    parts = [
        (whole // _DAY, lambda n: ngettext("%(n)d day", "%(n)d days", n)),
        (whole % _DAY // _HOUR, lambda n: ngettext("%(n)d hour", "%(n)d hours", n)),
        (whole % _HOUR // _MINUTE, lambda n: ngettext("%(n)d minute", "%(n)d minutes", n)),
        (whole % _MINUTE, lambda n: ngettext("%(n)d second", "%(n)d seconds", n)),
    ]
    first = next((place for place, (n, _text) in enumerate(parts) if n), len(parts) - 1)
    shown = [text(n) % {"n": n} for n, text in parts[first : first + 2] if n] or [parts[-1][1](0) % {"n": 0}]
    return _(" and ").join(shown)


@register.filter
def time_left(at: datetime | None) -> str:
    """From now until then; empty when it is past."""
    if at is None or at <= timezone.now():
        return ""
    return span((at - timezone.now()).total_seconds())


@register.filter
def countdown(seconds: int) -> str:
    """As the page's script writes it: 1:05:09, or 5:09."""
    hours, rest = divmod(max(int(seconds), 0), _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


@register.filter
def lang_tag(code: str) -> str:
    """As HTML writes it: pt-br is pt-BR."""
    language, _dash, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


@register.filter
def lang_unless_page(code: str) -> SafeString | str:
    """The lang attribute, where a passage is in another language than the page."""
    return "" if code == get_language() else format_html(' lang="{}"', lang_tag(code))


@register.filter
def unlocalized(value: float | None) -> str:
    """With a point in every language, for attributes a browser reads."""
    return "" if value is None else repr(value)


@register.filter
def points(value: float | None) -> str:
    """1, 0.5, 3.33: as few digits as say it, in the page's number format."""
    if value is None:
        return ""
    rounded = round(value, 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


@register.filter
def points_in_words(value: float) -> str:
    return _points_in_words(value, get_language() or "")


@lru_cache(maxsize=1_000)
def _points_in_words(value: float, language: str) -> str:
    """`language` is the active one; a page of many questions says the same few numbers in it again and again."""
    return ngettext("%(p)s point", "%(p)s points", plural_of(value)) % {"p": points(value)}


@register.filter
def plural_of(value: float) -> int:
    """The whole number that decides between singular and plural: half a point is said as one, 1.5 as two."""
    return math.ceil(value)


@register.filter
def scrolling(html: str) -> str:
    """Of a question: code that may be wider than a phone scrolls there, so a keyboard must get to it."""
    return html.replace('<pre class="code">', '<pre class="code" tabindex="0">')


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def letter(place: int) -> str:
    """0 is A."""
    return chr(ord("A") + place)


def zone_name(local: datetime) -> str:
    offset = local.utcoffset() or timedelta(0)
    if not offset:
        return "UTC"
    minutes = abs(int(offset.total_seconds())) // 60
    sign = "\N{MINUS SIGN}" if offset < timedelta(0) else "+"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


@register.simple_tag
def zone() -> str:
    return zone_name(timezone.localtime())


@register.filter
def topic_label(topic: str) -> str:
    return label_of(topic) if topic else _("Across topics")


@register.filter
def level_label(level: str) -> str:
    return levels.level_label(level)
