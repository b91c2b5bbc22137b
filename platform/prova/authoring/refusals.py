"""Why something was not done; whose turn it is stands in the text, in the language of the page."""

from typing import Any

from prova.authoring.models import Draft


class Refused(ValueError):
    """The author's turn; the text says what to do."""


class StaleSave(Refused):
    """Somebody saved in between. Holds what is stored and what would have replaced it; nothing is lost."""

    def __init__(self, draft: Draft, mine: dict[str, Any]) -> None:
        super().__init__(f"revision {draft.revision} was saved in between")
        self.draft = draft
        self.mine = mine
