"""Reading a file costs more than refusing it: who sends many that cannot be read is asked to wait before the next is.

Each try is written down before the file is read, so that parallel ones count too; a file that could be read erases its own.
"""

from datetime import datetime, timedelta

from django.conf import settings

from prova.accounts.models import User
from prova.assignments.models import UploadTry
from prova.assignments.refusals import Refusal, SubmissionRefused

_WINDOW = timedelta(minutes=1)


def begin_reading(learner: User, now: datetime) -> UploadTry:
    """SubmissionRefused: too many of this learner's files were refused lately, or are being read."""
    mine = UploadTry.objects.filter(learner=learner)
    mine.filter(at__lte=now - _WINDOW).delete()
    this = UploadTry.objects.create(learner=learner, at=now)
    if mine.count() > settings.SUBMISSIONS_PER_MINUTE:
        this.delete()  # or who keeps trying would wait for ever
        raise SubmissionRefused(Refusal.TOO_MANY_PER_MINUTE, limit=settings.SUBMISSIONS_PER_MINUTE)
    return this
