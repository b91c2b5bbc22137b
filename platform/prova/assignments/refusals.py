"""Why a submission was not accepted, in a sentence that says what to do next."""

from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grader.messages import explain
from grader.uploads.upload import UploadRefused


class Refusal(StrEnum):
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_PER_MINUTE = "too_many_per_minute"
    TOO_MANY_PER_HOUR = "too_many_per_hour"
    NONE_LEFT = "none_left"
    PREREQUISITES = "prerequisites"

    @property
    def is_about_pace(self) -> bool:
        """The same file may be accepted a little later."""
        return self in {Refusal.TOO_MANY_OPEN, Refusal.TOO_MANY_PER_MINUTE, Refusal.TOO_MANY_PER_HOUR}


_SENTENCES = {
    Refusal.NOT_OPEN_YET: _("This assignment is not open yet. Your code stays in the editor."),
    Refusal.CLOSED: _("This assignment is closed; submissions are no longer accepted."),
    Refusal.TOO_MANY_OPEN: _(
        "You already have %(limit)s submissions waiting. Send the next one when one of them is graded."
    ),
    Refusal.TOO_MANY_PER_MINUTE: _(
        "At most %(limit)s submissions a minute are accepted. Wait a moment and send it again."
    ),
    Refusal.TOO_MANY_PER_HOUR: _(
        "At most %(limit)s submissions an hour are accepted here. Try again a little later."
    ),
    Refusal.PREREQUISITES: _("Your instructor asks for another exercise first: %(titles)s."),
    Refusal.NONE_LEFT: _("All %(limit)s submissions of this assignment are used."),
}


class SubmissionRefused(Exception):
    def __init__(self, refusal: Refusal | UploadRefused, **params: int | str) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self._params = params

    @property
    def code(self) -> str:
        """For programs."""
        return self.refusal.value if isinstance(self.refusal, Refusal) else self.refusal.code

    @property
    def is_about_pace(self) -> bool:
        return isinstance(self.refusal, Refusal) and self.refusal.is_about_pace

    @property
    def sentence(self) -> str:
        """In the language that is active now."""
        if isinstance(self.refusal, Refusal):
            return str(_SENTENCES[self.refusal]) % self._params
        return explain(self.refusal.message, get_language() or "en")
