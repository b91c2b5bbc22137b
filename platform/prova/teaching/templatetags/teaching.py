from datetime import timedelta

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from prova.courses import topics
from prova.teaching import findings, rules

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    return findings.percent(share)


@register.filter
def hundredths(share: float | None) -> int:
    """For a bar whose view box is 100 wide; a whole number, which every language prints alike. Less than nothing, which
    guessing may cost, is a bar of no length."""
    return max(round(100 * (share or 0.0)), 0)


@register.filter
def duration(value: timedelta | None) -> str:
    """To two units: "1 h 05 min", "12 min 40 s"; under ten seconds to a tenth."""
    if value is None:
        return "–"
    if value < timedelta(seconds=9.95):
        return f"{number_format(round(max(0.0, value.total_seconds()), 1), 1)} s"
    seconds = max(0, round(value.total_seconds()))
    minutes, hours = seconds // 60, seconds // 3600
    if hours:
        return f"{hours} h {minutes % 60:02d} min"
    return f"{minutes} min {seconds % 60:02d} s" if minutes else f"{seconds} s"


@register.filter
def megabytes(size_bytes: int | None) -> str:
    return _("%(size)s MB") % {"size": round(size_bytes / 1e6)} if size_bytes else "–"


@register.filter
def rule_words(rule: str) -> str:
    return rules.rule_words(rule)


@register.filter
def topic(slug: str) -> str:
    return topics.label_of(slug)
