"""Why a submission was not accepted, in a sentence that says what to do next."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Refusal(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_PYTHON = "not_python"
    NUL = "nul"
    NOT_UTF_8 = "not_utf_8"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_PER_MINUTE = "too_many_per_minute"
    TOO_MANY_PER_HOUR = "too_many_per_hour"
    NONE_LEFT = "none_left"

    @property
    def is_about_pace(self) -> bool:
        """The same file may be accepted a little later."""
        return self in {Refusal.TOO_MANY_OPEN, Refusal.TOO_MANY_PER_MINUTE, Refusal.TOO_MANY_PER_HOUR}


_SENTENCES = {
    Refusal.EMPTY: _("There is no code in this submission. Write or upload your solution first."),
    Refusal.TOO_BIG: _("This file is larger than %(kib)s KiB. Send only the Python source of your solution."),
    Refusal.NOT_PYTHON: _(
        "Only files that end in .py are accepted. Export a notebook as a Python file first."
    ),
    Refusal.NUL: _(
        "This file contains NUL bytes, so it is not a Python source file. Check that you chose the right one."
    ),
    Refusal.NOT_UTF_8: _(
        "This file is not UTF-8 text. Save it with UTF-8 encoding in your editor and send it again."
    ),
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
    Refusal.NONE_LEFT: _("All %(limit)s submissions of this assignment are used."),
}


class SubmissionRefused(Exception):
    def __init__(self, refusal: Refusal, **params: int) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self._params = params

    @property
    def sentence(self) -> str:
        """In the language that is active now."""
        return str(_SENTENCES[self.refusal]) % self._params
