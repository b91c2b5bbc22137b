from datetime import timedelta

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from prova.teaching import findings

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    return findings.percent(share)


@register.filter
def duration(value: timedelta | None) -> str:
    """To two units: "1 h 05 min", "12 min 40 s", "8 s"."""
    if value is None:
        return "–"
    seconds = max(0, round(value.total_seconds()))
    minutes, hours = seconds // 60, seconds // 3600
    if hours:
        return f"{hours} h {minutes % 60:02d} min"
    return f"{minutes} min {seconds % 60:02d} s" if minutes else f"{seconds} s"


@register.filter
def points(value: float | None) -> str:
    """At most two decimals, in the language's format."""
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return number_format(text, use_l10n=True) if "." in text else text


@register.filter
def megabytes(size_bytes: int | None) -> str:
    return _("%(size)s MB") % {"size": round(size_bytes / 1e6)} if size_bytes else "–"
