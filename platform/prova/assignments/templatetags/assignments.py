from django import template

from prova.assignments import texts, verdicts
from prova.assignments.models import Submission

register = template.Library()


@register.simple_tag
def report_view(submission: Submission) -> verdicts.ReportView | None:
    return verdicts.report_view(submission)


@register.filter
def visible(text: str) -> str:
    return texts.visible(text)


@register.filter
def unlocalised(value: float) -> str:
    """For attributes: programs read a point, whatever the language."""
    return f"{value:.6g}"
