from django import template
from django.utils.formats import number_format

from prova.assignments.models import Submission
from prova.regrades.notice import Notice, notice_of

register = template.Library()


@register.simple_tag
def regrade_notice(submission: Submission) -> Notice | None:
    return notice_of(submission)


@register.filter
def signed_percent(share: float) -> str:
    """0.125 is +12.5, in the page's number format and with a minus as wide as the plus."""
    # number_format cuts digits off and does not round.
    digits = number_format(round(abs(100 * share), 1), 1)
    sign = "+" if share > 0 else "\N{MINUS SIGN}"
    return f"{sign}{digits}"
