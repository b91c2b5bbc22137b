from collections.abc import Iterable

from django.db import transaction

from prova.accounts.models import User
from prova.courses.models import Role
from prova.quizzes.models import QuizItem
from questionbank.models import QuestionVersion


@transaction.atomic
def take_newest(version: QuestionVersion, person: User, quiz_ids: Iterable[int]) -> int:
    """New attempts of these quizzes get the version; attempts that have begun keep theirs. Gives the number of quizzes.

    Only quizzes of courses the person instructs are changed.
    """
    items = QuizItem.objects.select_for_update().filter(
        question=version.question,
        quiz__in=list(quiz_ids),
        quiz__course__enrolments__user=person,
        quiz__course__enrolments__role=Role.INSTRUCTOR,
    )
    places = list(items.exclude(version=version).values_list("pk", flat=True))
    return QuizItem.objects.filter(pk__in=places).update(version=version)
