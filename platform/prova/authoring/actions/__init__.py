"""Everything that changes a draft: a verb in one transaction each."""

from prova.authoring.actions.notes import add_note, resolve_note
from prova.authoring.actions.publish import publish_draft
from prova.authoring.actions.save import mark_current, save_draft
from prova.authoring.actions.spread import take_newest
from prova.authoring.actions.start import duplicate_question, edit_question, start_question
from prova.authoring.actions.workflow import (
    approve,
    ask_for_changes,
    ask_for_review,
    may_review,
    put_away,
    reopen,
)

__all__ = [
    "add_note",
    "approve",
    "ask_for_changes",
    "ask_for_review",
    "duplicate_question",
    "edit_question",
    "mark_current",
    "may_review",
    "publish_draft",
    "put_away",
    "reopen",
    "resolve_note",
    "save_draft",
    "start_question",
    "take_newest",
]
