"""A learner who types the key exactly as the page prints it must be right."""

from collections.abc import Iterator

from questionbank.findings import Finding
from questionbank.items.numeric import Numeric
from questionbank.items.outcome import ParseProblem
from questionbank.items.tolerance import accepts
from questionbank.linting.subject import Subject


def printed_key_is_right(subject: Subject) -> Iterator[Finding]:
    if subject.question.type != "numeric":
        return
    for number, variant in enumerate(subject.variants):
        item = Numeric(subject.question, variant)
        if not accepts(item.tolerance, item.key, item.key):
            yield subject.finding(
                "key", f"variant {number}: the tolerance does not accept the key itself", "tolerance"
            )
            return
        for language in subject.question.texts:
            printed = item.typed_key(language)
            read = item.parse({"answer": printed}, language=language)
            if isinstance(read, ParseProblem) or not item.score(read).fraction:
                yield subject.finding(
                    "key",
                    f"variant {number}: the key {item.key!r}, printed as “{printed}” in {language}, would be "
                    f"marked wrong; widen the tolerance",
                    "tolerance",
                )
