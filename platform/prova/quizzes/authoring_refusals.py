"""What a quiz does not allow its instructors; their turn, in words for the page.

AuthoringRefusal
  QuizNotReady    it cannot be published as it is
  QuizTaken       somebody has begun it
  QuizPublished   questions are arranged in drafts only
  NoSuchPart      somebody else has removed it meanwhile
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class AuthoringRefusal(Exception):
    def text(self) -> str:
        raise NotImplementedError


class QuizNotReady(AuthoringRefusal):
    def __init__(self, reasons: Sequence[str]):
        super().__init__(*reasons)
        self.reasons = tuple(reasons)

    def text(self) -> str:
        return " ".join([_("The quiz was not published."), *self.reasons])


class QuizTaken(AuthoringRefusal):
    def __init__(self, count: int):
        super().__init__(count)
        self.count = count

    def text(self) -> str:
        begun = ngettext("%d attempt has begun.", "%d attempts have begun.", self.count) % self.count
        return f"{begun} " + _("So the quiz stays as it is; you can still close it, or make another one.")


class QuizPublished(AuthoringRefusal):
    def text(self) -> str:
        return _(
            "The quiz is published. Take it back to a draft first; that is possible until somebody begins."
        )


class NoSuchPart(AuthoringRefusal):
    def text(self) -> str:
        return _("That part is not in the quiz any more. Look at the page anew.")
