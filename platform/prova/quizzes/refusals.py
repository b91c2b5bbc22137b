"""What an attempt does not allow; the learner's turn, in words for the page.

QuizRefusal
  NotOpen           before it opens, after it closed, or not published
  NoAttemptsLeft
  AttemptOver       submitted already, or the time is up
"""

from django.utils.translation import gettext as _


class QuizRefusal(Exception):
    def text(self) -> str:
        raise NotImplementedError


class NotOpen(QuizRefusal):
    def text(self) -> str:
        return _("This quiz is not open now.")


class NoAttemptsLeft(QuizRefusal):
    def text(self) -> str:
        return _("You have used all your attempts.")


class AttemptOver(QuizRefusal):
    def text(self) -> str:
        return _("This attempt is over, so this answer was not saved. What you saved before counts.")
