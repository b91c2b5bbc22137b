from django.db import transaction

from prova.courses.models import Course
from prova.quizzes.definitions import BadDefinition, QuizDefinition
from prova.quizzes.models import Quiz, QuizItem
from questionbank.questions import latest_versions


@transaction.atomic
def define_quiz(course: Course, definition: QuizDefinition) -> Quiz:
    """Make the quiz say what the definition says, with the newest version of each question; safe to repeat.

    Attempts keep the versions they began with. Raises BadDefinition for a question that is not in the bank.
    """
    fields = {
        "titles": dict(definition.titles),
        "descriptions": dict(definition.descriptions),
        "time_limit_s": definition.time_limit_s,
        "attempts_allowed": definition.attempts_allowed,
        "counts": definition.counts.value,
        "is_published": True,
    }
    quiz, _is_new = Quiz.objects.update_or_create(course=course, slug=definition.slug, defaults=fields)
    _set_items(quiz, definition)
    return quiz


def _set_items(quiz: Quiz, definition: QuizDefinition) -> None:
    slugs = [question for question, _points in definition.questions]
    versions = {version.question.slug: version for version in latest_versions(slugs)}
    if missing := [slug for slug in slugs if slug not in versions]:
        raise BadDefinition(f"quiz {quiz.slug}: not in the question bank: {', '.join(missing)}")
    quiz.items.exclude(question__slug__in=slugs).delete()
    for position, (slug, points) in enumerate(definition.questions, start=1):
        version = versions[slug]
        QuizItem.objects.update_or_create(
            quiz=quiz,
            question=version.question,
            defaults={"version": version, "position": position, "points": points},
        )
