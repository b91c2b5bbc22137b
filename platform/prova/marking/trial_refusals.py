from django.utils.translation import gettext as _

from prova.quizzes.refusals import QuizRefusal


class NothingToTry(QuizRefusal):
    def text(self) -> str:
        return _("There is no code to try yet. Write some, and wait until it is saved.")


class TryUnderWay(QuizRefusal):
    def text(self) -> str:
        return _("A try is under way. Wait for its result before the next one.")


class TriesSpent(QuizRefusal):
    def text(self) -> str:
        return _("That was often. Wait a minute before the next try; each answer has 20 tries in all.")
