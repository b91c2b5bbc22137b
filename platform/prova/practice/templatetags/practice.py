from django import template

from prova.courses.models import Course
from prova.practice.figures import PracticeFigures, figures_of
from questionbank.models import Question

register = template.Library()


@register.simple_tag
def practice_figures(question: Question, course: Course) -> PracticeFigures:
    return figures_of(question, course)
