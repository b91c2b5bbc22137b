"""What cannot be done, in the page's language."""

from django.utils.translation import gettext as _

from questionbank.collections import CollectionProblem
from questionbank.tags import LONGEST, TagProblem


def said(problem: TagProblem | CollectionProblem) -> str:
    """Whose turn it is, and what to do next."""
    if isinstance(problem, TagProblem):
        return _("A tag has 1 to %(most)s characters, at least one of them a letter or a digit.") % {
            "most": LONGEST
        }
    if problem.is_taken:
        return _("There is a collection of that title already; choose another title.")
    return _("A collection needs a title with at least one letter.")
