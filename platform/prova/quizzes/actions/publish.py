from django.db import transaction

from prova.quizzes.actions.freeze import freeze_pools, use_newest_versions
from prova.quizzes.actions.locking import lock_quiz
from prova.quizzes.authoring_refusals import QuizNotReady, QuizTaken
from prova.quizzes.models import Quiz
from prova.quizzes.readiness import findings_of


@transaction.atomic
def publish_quiz(quiz_id: int) -> Quiz:
    """Learners see it from now on, with the newest version of every question. Raises QuizNotReady."""
    quiz = lock_quiz(quiz_id)
    use_newest_versions(quiz)
    freeze_pools(quiz)
    errors = [finding for finding in findings_of(quiz) if finding.is_error]
    if errors:
        raise QuizNotReady([finding.text for finding in errors])
    quiz.is_published = True
    quiz.save(update_fields=["is_published"])
    return quiz


@transaction.atomic
def unpublish_quiz(quiz_id: int) -> Quiz:
    """Back to a draft, which can be rearranged. Raises QuizTaken: what learners have done must stay what it was."""
    quiz = lock_quiz(quiz_id)
    if count := quiz.attempts.count():
        raise QuizTaken(count)
    quiz.is_published = False
    quiz.save(update_fields=["is_published"])
    return quiz


@transaction.atomic
def check_readiness(quiz_id: int) -> Quiz:
    """Draw up a draft's pools as they would be published now, for previews and findings."""
    quiz = lock_quiz(quiz_id)
    if not quiz.is_published:
        use_newest_versions(quiz)
        freeze_pools(quiz)
    return quiz
