"""The text of a question, and of a file of questions."""

from collections.abc import Iterable

from questionbank.definition import QuestionDefinition
from questionbank.formats.writing.question_fields import mapping_of
from questionbank.formats.writing.yaml_text import block, scalar


def write_question(question: QuestionDefinition) -> str:
    """The question as one member of a file's list `questions`: every line indented, the first one with its dash.

    Never fails, also for a question that is not sound yet; what is missing is left out.
    """
    first, *rest = block(mapping_of(question), indent=4, prose=("texts",))
    return "".join(f"{line}\n" for line in [f"  - {first.lstrip()}", *rest])


def write_file(topic: str, questions: Iterable[QuestionDefinition]) -> str:
    """A whole question file, in the given order; a blank line between two questions."""
    head = f"topic: {scalar(topic)}\nquestions:"
    members = [write_question(question) for question in questions]
    return f"{head} []\n" if not members else f"{head}\n" + "\n".join(members)
