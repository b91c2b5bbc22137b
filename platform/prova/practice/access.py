import logging

from django.http import Http404
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.courses.access import require_role
from prova.courses.models import Role
from prova.practice.models import PracticeTurn

logger = logging.getLogger(__name__)


def find_turn(person: User, turn_id: int) -> tuple[PracticeTurn, Role]:
    """The person's own turn; for anybody else it does not exist."""
    turn = PracticeTurn.objects.select_related("course", "version", "variant").filter(pk=turn_id).first()
    if turn is None or turn.learner_id != person.pk:
        if turn is not None:
            logger.warning("user %s asked for practice turn %s of somebody else", person.pk, turn_id)
        raise Http404(_("No such page."))
    return turn, require_role(person, turn.course)
