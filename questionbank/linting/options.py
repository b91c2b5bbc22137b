"""Options: how many, which are alike, which may be shuffled."""

import re
from collections.abc import Iterator

from questionbank.drawing import coincidences
from questionbank.findings import Finding, Severity
from questionbank.items import ITEM_TYPES
from questionbank.items.choice import ChoiceItem
from questionbank.items.rows import RowItem
from questionbank.linting.subject import Subject
from questionbank.rendering import RenderingProblem

LEAST_OPTIONS, MOST_OPTIONS = 3, 8
_ABOUT_OTHER_OPTIONS = {
    "en": r"^(all|none|both|neither|any)\.?$|^(all|none|both|neither|any) of (these|those|them)\b"
    r"|\b(all|none|both|neither|any) of the (above|others?|options|answers)\b|\b(all|none) the above\b",
    "pt-br": r"^(tod[ao]s|nenhuma?|ambas|ambos|n\.?d\.?a)\.?$"
    r"|^(tod[ao]s|nenhuma?|ambas|ambos|qualquer uma?) (d[ae]st[ae]s|d[ae]ss[ae]s|del[ae]s)\b"
    r"|\b(tod[ao]s|nenhuma?|ambas|ambos|qualquer uma?) (as |os |das |dos )?"
    r"(anteriores|acima|alternativas|opções|respostas|demais|outr[ao]s)\b",
}


def option_counts(subject: Subject) -> Iterator[Finding]:
    count = len(subject.question.options)
    if _has_options(subject) and not LEAST_OPTIONS <= count <= MOST_OPTIONS:
        yield subject.finding(
            "options",
            f"{count} options; write {LEAST_OPTIONS} to {MOST_OPTIONS} that a learner might choose",
            "options",
        )


def alike_answers(subject: Subject) -> Iterator[Finding]:
    """Answers that read the same in some variant: options of a choice, key and slips of a number."""
    for number, variant in enumerate(subject.variants):
        try:
            for coincidence in coincidences(subject.question, variant):
                yield subject.finding(
                    "alike", f"variant {number}: {coincidence}; make them different", _answers(subject)
                )
        except RenderingProblem:
            return  # reported by the rule about rendering


def _answers(subject: Subject) -> str:
    return {"numeric": "slips", "short_answer": "answers", "gaps": "gaps"}.get(
        subject.question.type, "options"
    )


def pinned_last(subject: Subject) -> Iterator[Finding]:
    """“None of these” makes no sense in the middle of a shuffled list."""
    for option in subject.question.options:
        for language, text in subject.question.texts.items():
            pattern = _ABOUT_OTHER_OPTIONS.get(language)
            if pattern and not option.pinned_last and re.search(pattern, text.options[option.id].text, re.I):
                remedy = "write it so that it stands alone" if _has_rows(subject) else "add “pin: last”"
                yield subject.finding(
                    "pin",
                    f"option {option.id} speaks of the other options and may be shuffled; {remedy}",
                    *("texts", language, "options", option.id, "text"),
                )


def generous_scoring(subject: Subject) -> Iterator[Finding]:
    keys = sum(option.correct for option in subject.question.options)
    if subject.question.type != "multiple_choice":
        return
    if subject.question.scoring == "net_correct" and 2 * keys > len(subject.question.options):
        yield subject.finding(
            "scoring",
            "more than half of the options are keys: ticking everything earns marks; use every_decision",
            "scoring",
            severity=Severity.WARNING,
        )


def no_distractor(subject: Subject) -> Iterator[Finding]:
    question = subject.question
    unused = set(question.choices) - {row.match for row in question.options}
    if question.type == "matching" and not unused and len(question.choices) == len(question.options):
        yield subject.finding(
            "no-distractor",
            "every choice belongs to one row, so the last pair follows from the others; add a choice that fits no row",
            "choices",
            severity=Severity.WARNING,
        )


def one_sided_statements(subject: Subject) -> Iterator[Finding]:
    truths = {option.correct for option in subject.question.options}
    if subject.question.type == "true_false" and len(truths) == 1:
        yield subject.finding(
            "one-sided",
            "all statements are true, or all are false: who gives every row the same answer earns everything; "
            "turn one round",
            "options",
            severity=Severity.WARNING,
        )


def _has_options(subject: Subject) -> bool:
    return issubclass(ITEM_TYPES[subject.question.type], ChoiceItem | RowItem)


def _has_rows(subject: Subject) -> bool:
    return issubclass(ITEM_TYPES[subject.question.type], RowItem)
