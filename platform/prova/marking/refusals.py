"""Why a mark is not written: nothing has changed, and the sentence says what to do."""

from django.utils.translation import gettext as _


class MarkingRefused(Exception):
    """The sentence is for the instructor who asked."""

    def sentence(self) -> str:
        raise NotImplementedError


class NotToBeMarked(MarkingRefused):
    def sentence(self) -> str:
        return _("This answer is not marked by a person, or the attempt is still open. Nothing was changed.")


class Overtaken(MarkingRefused):
    """Somebody else was quicker: their name, or nothing where marking is blind."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by

    def sentence(self) -> str:
        if not self.by:
            return _(
                "Somebody else has changed this mark meanwhile. Yours was not written; look at theirs first."
            )
        return _("%(name)s has changed this mark meanwhile. Yours was not written; look at theirs first.") % {
            "name": self.by
        }


class Incomplete(MarkingRefused):
    def sentence(self) -> str:
        return _("Choose one level for every criterion.")


class ReasonMissing(MarkingRefused):
    def sentence(self) -> str:
        return _("Say why the mark changes: the reason stays in the history.")


class ScoreOutOfRange(MarkingRefused):
    def __init__(self, most: str) -> None:
        super().__init__(most)
        self.most = most

    def sentence(self) -> str:
        return _("Write a score from 0 to %(most)s.") % {"most": self.most}


class AnotherRemedy(MarkingRefused):
    def sentence(self) -> str:
        return _("Another decision about this question is under way. Finish that one first.")
