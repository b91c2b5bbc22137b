"""A corrected question: what was decided, and every attempt scored anew, one transaction each."""

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.marking.actions.history import Before
from prova.marking.actions.settle import locked_attempt, settle
from prova.marking.correcting import Corrected, correct_in_memory
from prova.marking.models import ChangeKind, Correction, Remedy
from prova.marking.outdated import outdated_items
from prova.marking.refusals import AnotherRemedy
from prova.quizzes.models import AttemptItem, Quiz
from questionbank.models import QuestionVersion

#: Attempts of one request; what is left is done when it is asked for again.
AT_ONCE = 300


@transaction.atomic
def decide_correction(
    quiz: Quiz, version: QuestionVersion, remedy: Remedy, instructor: User, *, note: str = ""
) -> Correction:
    """Asked twice, decided once. Raises AnotherRemedy while another one is under way."""
    # In a row with whoever decides about the same quiz.
    Quiz.objects.select_for_update(no_key=True).get(pk=quiz.pk)
    begun = Correction.objects.filter(quiz=quiz, version=version, finished_at__isnull=True).first()
    if begun is not None and begun.remedy != remedy:
        raise AnotherRemedy
    correction, is_new = Correction.objects.get_or_create(
        quiz=quiz,
        version=version,
        remedy=remedy,
        defaults={"question_id": version.question_id, "note": note, "decided_by": instructor},
    )
    if not is_new and correction.finished_at is not None and outdated_items(quiz, version).exists():
        # Attempts that were open then have been submitted since.
        correction.finished_at = None
        correction.save(update_fields=["finished_at"])
    return correction


def apply_correction(correction: Correction, at_most: int = AT_ONCE) -> int:
    """The number of answers dealt with; 0: all are. Killed at any line, it goes on where it was."""
    waiting = outdated_items(correction.quiz, correction.version)
    done = sum(_apply_to(pk, correction) for pk in list(waiting.values_list("pk", flat=True)[:at_most]))
    if correction.finished_at is None and not waiting.exists():
        correction.finished_at = timezone.now()
        correction.save(update_fields=["finished_at"])
    return done


@transaction.atomic
def _apply_to(item_id: int, correction: Correction) -> bool:
    """False: somebody else was quicker."""
    attempt = locked_attempt(item_id)
    item = (
        outdated_items(correction.quiz, correction.version)
        .select_related("version", "variant")
        .filter(pk=item_id)
        .first()
    )
    if item is None:
        return False
    item.attempt = attempt
    before = Before.of(item)
    by = Corrected.of(correction.version, Remedy(correction.remedy), [item])
    obstacle = correct_in_memory(item, by)
    if obstacle is not None:
        item = AttemptItem.objects.get(pk=item_id)
    settle(
        attempt,
        item,
        before,
        ChangeKind.CORRECTION,
        by=correction.decided_by,
        correction=correction,
    )
    return True
