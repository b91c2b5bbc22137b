"""A chart's title: what there is to see in it, in one sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.teaching.figures import HIGH, LOW, Summary

#: with fewer scores one outlier decides every figure
FEW = 5


def score_finding(summary: Summary) -> str:
    """At most one claim, and none that so few scores cannot bear."""
    if summary.median is None or summary.lowest is None or summary.highest is None:
        return _("No scores yet.")
    if summary.count < FEW:
        return ngettext(
            "%(count)s score so far: %(highest)s.",
            "%(count)s scores so far, from %(lowest)s to %(highest)s.",
            summary.count,
        ) % {
            "count": summary.count,
            "lowest": percent(summary.lowest),
            "highest": percent(summary.highest),
        }
    median = percent(summary.median)
    if min(summary.low, summary.high) >= summary.count / 4:
        return _(
            "The class is split: %(low)s scored under %(low_edge)s, %(high)s scored %(high_edge)s or more."
        ) % {
            "low": summary.low,
            "low_edge": percent(LOW),
            "high": summary.high,
            "high_edge": percent(HIGH),
        }
    if summary.median >= HIGH:
        return _("Most are doing well: half the scores are %(median)s or more.") % {"median": median}
    if summary.median < LOW:
        return _("Hard for this class: half the scores are %(median)s or less.") % {"median": median}
    return _("Half the scores are %(median)s or more.") % {"median": median}


def percent(share: float | None) -> str:
    """Whole percent; never "100%" or "0%" for what is not quite all or nothing."""
    if share is None:
        return "–"
    whole = round(share * 100)
    if whole == 100 and share < 1 - 1e-9:
        whole = 99
    if whole == 0 and share > 1e-9:
        whole = 1
    return f"{whole}%"
