from collections.abc import Sequence

from django import template
from django.template import RequestContext

from prova.accounts.person import person
from prova.courses.models import Course, Role
from prova.practice.figures import PracticeFigures, figures_of
from prova.practice.questions import practisable
from prova.quizzes.models import Attempt
from prova.quizzes.result_cards import ResultCard
from questionbank.models import Question

register = template.Library()


@register.simple_tag
def practice_figures(question: Question, course: Course) -> PracticeFigures:
    return figures_of(question, course)


@register.simple_tag(takes_context=True)
def practisable_of(context: RequestContext, attempt: Attempt, cards: Sequence[ResultCard]) -> frozenset[int]:
    """The questions on one's own result page that one may practise now; an instructor who tried the quiz, all."""
    quiz = attempt.quiz
    if not cards or not (quiz.tells_key and quiz.tells_explanations):
        return frozenset()  # this quiz itself holds them back
    role = Role.INSTRUCTOR if attempt.is_preview else Role.LEARNER
    among = [card.item.version.question_id for card in cards]
    found = practisable(person(context.request), quiz.course, role, among=among)
    return frozenset(each.question_id for each in found)
