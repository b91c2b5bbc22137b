from django import template

from prova.assignments import texts, verdicts
from prova.assignments.models import Submission

register = template.Library()


@register.simple_tag
def report_view(submission: Submission, for_instructor: object = None) -> verdicts.ReportView | None:
    """`for_instructor` is not set on learners' pages, and only True lets hidden details through."""
    return verdicts.report_view(submission, for_instructor=for_instructor is True)


@register.filter
def visible(text: str) -> str:
    return texts.visible(text)


@register.filter
def shown(value: object) -> str:
    """Anything that a grader or a submission may have put into a record."""
    return texts.visible(str(value))


@register.filter
def unlocalised(value: float) -> str:
    """For attributes: programs read a point, whatever the language."""
    return f"{value:.6g}"
