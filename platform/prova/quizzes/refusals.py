"""What an attempt does not allow; the learner's turn, in words for the page.

QuizRefusal
  NotOpen           before it opens, after it closed, or not published
  TooLate           still open, but only for who has begun
  NoAttemptsLeft
  OutsideNetwork
  WrongPassword
  TooManyTries      of the password
  AttemptOver       submitted already, or the time is up
  PageNotOpen       left for good, or not reached yet
  ItemChecked       its feedback was shown, so its answer stays
  NothingToCheck    not answered, or a person has to read it
  TooFast           more saves than hands can do
  SavedElsewhere    another tab or device saved a newer answer
"""

from django.utils.translation import gettext as _

from prova.quizzes.models import AttemptItem, Refusal, Response


class QuizRefusal(Exception):
    kind: Refusal | None = None  #: how it is counted

    def text(self) -> str:
        raise NotImplementedError


class NotOpen(QuizRefusal):
    def text(self) -> str:
        return _("This quiz is not open now.")


class TooLate(QuizRefusal):
    def text(self) -> str:
        return _("It is too late to start this quiz. Ask your instructor if you have a reason.")


class NoAttemptsLeft(QuizRefusal):
    def text(self) -> str:
        return _("You have used all your attempts.")


class OutsideNetwork(QuizRefusal):
    kind = Refusal.NETWORK

    def text(self) -> str:
        return _(
            "This quiz can only be taken from the network of the exam room. Connect to it and try again."
        )


class WrongPassword(QuizRefusal):
    def text(self) -> str:
        return _("That is not the password of this quiz. Your instructor tells it in the room.")


class TooManyTries(QuizRefusal):
    def text(self) -> str:
        return _("Too many wrong passwords. Wait 15 minutes, or ask your instructor.")


class AttemptOver(QuizRefusal):
    kind = Refusal.OVER

    def text(self) -> str:
        return _("This attempt is over, so this answer was not saved. What you saved before counts.")


class PageNotOpen(QuizRefusal):
    kind = Refusal.LEFT

    def text(self) -> str:
        return _("This question is on a page that is not open, so nothing was changed.")


class ItemChecked(QuizRefusal):
    kind = Refusal.CHECKED

    def text(self) -> str:
        return _("You have seen the feedback on this question, so its answer stays as it is.")


class NothingToCheck(QuizRefusal):
    def text(self) -> str:
        return _("Answer the question first; then you can check it.")


class TooFast(QuizRefusal):
    kind = Refusal.TOO_FAST

    def text(self) -> str:
        return _("Too many saves at once. This one waits; the page tries again by itself.")


class SavedElsewhere(QuizRefusal):
    """`item` and the `stored` answer are for the page, which lets the learner choose."""

    def __init__(self, item: AttemptItem, stored: Response):
        super().__init__()
        self.item = item
        self.stored = stored

    def text(self) -> str:
        return _("Not saved: another tab or device has saved a newer answer to this question.")
