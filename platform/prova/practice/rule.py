"""Which questions a learner may practise. Pure.

Practising shows the key, so a question may be practised only when every quiz that asks it of this learner has shown it
already: the learner handed in an attempt, has none open, and the quiz tells keys and explanations now. One such quiz must
be of the course. A quiz that is not published yet holds its questions back from everybody: it may be an exam to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Use:
    """A quiz that asks the question, as far as one learner is concerned."""

    in_course: bool
    has_begun: bool  #: published, and its opening time has come
    has_submitted: bool
    has_open_attempt: bool
    shows_keys: bool  #: now, to who has submitted

    @property
    def releases(self) -> bool:
        return self.has_begun and self.has_submitted and not self.has_open_attempt and self.shows_keys


def may_practise(uses: Iterable[Use]) -> bool:
    asked = list(uses)
    return any(use.in_course for use in asked) and all(use.releases for use in asked)
