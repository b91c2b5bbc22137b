"""The questions of an attempt, each with the answer that counts, by one statement: everybody asks at once."""

from dataclasses import dataclass

from prova.quizzes.models import Attempt, AttemptItem, Response, Section
from prova.rows import Columns, read_rows
from questionbank.kept import give_questions

ITEM, SECTION, RESPONSE = (
    Columns(AttemptItem, "item"),
    Columns(Section, "section"),
    Columns(Response, "response"),
)
_ANSWERED = (
    f"SELECT {ITEM}, {SECTION}, {RESPONSE} FROM quizzes_attemptitem item"
    " LEFT JOIN quizzes_section section ON section.id = item.section_id"
    " LEFT JOIN LATERAL (SELECT * FROM quizzes_response WHERE attempt_item_id = item.id ORDER BY id DESC LIMIT 1)"
    " response ON true WHERE item.attempt_id = %s AND (%s::int IS NULL OR item.page = %s) ORDER BY item.position"
)


@dataclass(frozen=True)
class Answered:
    item: AttemptItem
    newest: Response | None


def answered_items(attempt: Attempt, page: int | None = None) -> list[Answered]:
    """In their order; of one page, or of all. One query, and two more where questions have not been read before."""
    found = []
    for item, section, newest in read_rows(_ANSWERED, [attempt.pk, page, page], ITEM, SECTION, RESPONSE):
        item.attempt, item.section = attempt, section
        found.append(Answered(item, newest))
    give_questions([each.item for each in found])
    return found
