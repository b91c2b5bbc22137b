"""Why a regrade was not started, or not made live, in a sentence that says what to do next."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    OPEN_ALREADY = "open_already"
    NOTHING_TO_JUDGE = "nothing_to_judge"
    ALL_CURRENT = "all_current"
    STILL_JUDGING = "still_judging"
    OUTDATED = "outdated"
    DECIDED = "decided"


_SENTENCES = {
    Reason.OPEN_ALREADY: _(
        "A regrade of this assignment is open already. Make it live or discard it, then start the next one."
    ),
    Reason.NOTHING_TO_JUDGE: _("Nothing has been graded in this assignment yet."),
    Reason.ALL_CURRENT: _(
        "Every one of these submissions was judged with the newest version of the exercise. If the graders themselves "
        "have changed, tick “also those judged with this version” and start again."
    ),
    Reason.STILL_JUDGING: _("Submissions are still being judged. Wait until all of them are."),
    Reason.OUTDATED: _(
        "The exercise was loaded in a newer version after this regrade had begun. Discard it and start a new one."
    ),
    Reason.DECIDED: _("This regrade has been decided already."),
}


class RegradeRefused(Exception):
    """Nothing was written."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """In the language that is active now."""
        return str(_SENTENCES[self.reason])
