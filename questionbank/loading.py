"""Questions from files into the database, beside what people publish on the web: an edit of theirs is never buried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from questionbank.actions import hash_of, locked_question, publish_to
from questionbank.definition import QuestionDefinition
from questionbank.models import Origin, QuestionVersion
from questionbank.variant import Variant


class LoadOutcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    #: The file says what it said when it was loaded last; what was written on the web since stays.
    KEPT = "kept"
    #: File and web both changed since: an author's turn.
    REFUSED = "refused"


@dataclass(frozen=True)
class Loaded:
    outcome: LoadOutcome
    #: The newest version now.
    version: QuestionVersion
    perhaps_stale: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What a person should know about it; empty where that is nothing."""
        if self.outcome is LoadOutcome.KEPT:
            return f"{self.version} was written on the web and stays; the file is older and has not changed."
        if self.outcome is LoadOutcome.REFUSED:
            return (
                f"{self.version} was written on the web, and the file has changed too: the file was not published. "
                f"Bring both together in the file (manage.py export_content writes the web's text), then load it with "
                f"--overwrite."
            )
        return "\n".join(
            f"{self.version}: the source text changed and {language} did not; read it once more"
            for language in self.perhaps_stale
        )


@transaction.atomic
def publish_from_file(
    question: QuestionDefinition, variants: Sequence[Variant], *, overwrite: bool = False
) -> Loaded:
    """Publishes what the file says if it differs from what files said last. Never raises for a web edit: it is kept,
    or, where the file has changed as well, the file is refused unless `overwrite`."""
    row = locked_question(question)
    newest = row.latest_version()
    if newest is not None and newest.origin == Origin.WEB and not overwrite:
        kept = _beside_a_web_edit(newest, hash_of(question, variants))
        if kept is not None:
            return kept
    publication = publish_to(row, question, variants, origin=Origin.FILES)
    if not publication.is_new:
        return Loaded(LoadOutcome.UNCHANGED, publication.version)
    outcome = LoadOutcome.NEW if publication.version.number == 1 else LoadOutcome.CHANGED
    return Loaded(outcome, publication.version, publication.perhaps_stale)


def _beside_a_web_edit(newest: QuestionVersion, file_hash: str) -> Loaded | None:
    """None: publish, nothing is buried."""
    if newest.content_hash == file_hash:
        return Loaded(LoadOutcome.UNCHANGED, newest)
    of_files = newest.question.versions.filter(origin=Origin.FILES).order_by("-number").first()
    said_last = of_files.content_hash if of_files else None
    if said_last == newest.content_hash:
        return None  # the web went back to what files had said
    return Loaded(LoadOutcome.KEPT if said_last == file_hash else LoadOutcome.REFUSED, newest)
