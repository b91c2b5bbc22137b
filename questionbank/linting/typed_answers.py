"""Words, gaps and programs: every gap stands once in each language, keys can be typed, nothing gives them away."""

import ast
from collections import Counter
from collections.abc import Iterator

from questionbank.findings import Finding
from questionbank.items.code_reading import CodeReading
from questionbank.items.gap_marks import gaps_in
from questionbank.items.gaps import Gaps
from questionbank.items.short_answer import ShortAnswer
from questionbank.items.text_matching import normalised
from questionbank.linting.subject import Subject, TextPlace
from questionbank.rendering import RenderingProblem, parts_of
from questionbank.rendering.placeholders import placeholders_in
from questionbank.typed import GapKind, TextRules


def gaps_once_in_each_stem(subject: Subject) -> Iterator[Finding]:
    known = [gap.id for gap in subject.question.gaps]
    if subject.question.type != "gaps":
        return
    for language, text in subject.question.texts.items():
        found = Counter(gaps_in(text.stem))
        where = ("texts", language, "stem")
        for gap in known:
            if found[gap] != 1:
                yield subject.finding(
                    "gaps",
                    f"[[gap.{gap}]] stands {found[gap]} times in the stem ({language}); write it once",
                    *where,
                )
        for formula in parts_of(text.stem).formulas:
            if gaps_in(formula):
                yield subject.finding(
                    "gaps",
                    f"a gap stands inside the formula ${formula}$, where no field can be; end it before",
                    *where,
                )


def keys_in_stems(subject: Subject) -> Iterator[Finding]:
    """What the generator computes for a gap, or as output, must not be printed where it is asked."""
    if subject.question.type not in ("gaps", "code_reading"):
        return
    code = subject.question.program.code if subject.question.program else ""
    texts = subject.question.texts.items()
    asked: list[tuple[TextPlace, str]] = [
        (("texts", language, "stem"), text.stem) for language, text in texts
    ]
    for place, text in [*asked, (("program", "code"), code)]:
        for placeholder in placeholders_in(text):
            if placeholder.name.startswith("option."):
                yield subject.finding(
                    "gives-away",
                    f"{placeholder} is what is asked for; it may stand in explanations only",
                    *place,
                )


def typeable_gaps(subject: Subject) -> Iterator[Finding]:
    """What the result page shows as right, typed back."""
    if subject.question.type != "gaps":
        return
    for number, variant in enumerate(subject.variants):
        item = Gaps(subject.question, variant)
        for name, gap in item.gaps.items():
            if gap.kind is not GapKind.NUMBER:
                continue
            for language in subject.question.texts:
                read = gap.read(gap.printed_key(language), language)
                if read is None or not gap.is_right(read):
                    yield subject.finding(
                        "key",
                        f"variant {number}: gap {name}, printed as “{gap.printed_key(language)}” in {language}, would "
                        f"be marked wrong; widen its tolerance",
                        "gaps",
                    )


def empty_wordings(subject: Subject) -> Iterator[Finding]:
    """A wording of which the rules leave nothing accepts no answer at all."""
    rules = subject.question.text_rules or TextRules()
    for language, text in subject.question.texts.items():
        places: dict[TextPlace, tuple[str, ...]] = {
            ("answers", name): wordings for name, wordings in text.answers.items()
        }
        places |= {("gaps", name, "answers"): gap.answers for name, gap in text.gaps.items()}
        for place, wordings in places.items():
            for wording in wordings:
                if not normalised(wording, rules):
                    yield subject.finding(
                        "wordings",
                        f"“{wording}” is nothing but what the text rules ignore; write letters or digits, or change "
                        f"the rules",
                        *("texts", language, *place),
                    )


def unknown_in_wordings(subject: Subject) -> Iterator[Finding]:
    """Wordings take placeholders too."""
    try:
        for variant in subject.variants:
            if subject.question.type == "short_answer":
                short = ShortAnswer(subject.question, variant)
                for answer in short.fractions:
                    list(short.wordings(answer))
            for gap in Gaps(subject.question, variant).gaps.values():
                for language in subject.question.texts:
                    gap.wordings(language)
    except RenderingProblem as problem:
        yield subject.finding("rendering", f"wording: {problem}", "texts")


def readable_programs(subject: Subject) -> Iterator[Finding]:
    if subject.question.type != "code_reading":
        return
    for number, variant in enumerate(subject.variants):
        item = CodeReading(subject.question, variant)
        try:
            ast.parse(item.code)
        except (SyntaxError, ValueError, RenderingProblem) as problem:
            yield subject.finding(
                "program", f"variant {number}: not Python: {problem}; correct it", "program", "code"
            )
            return
        if not item.output.strip() or len(item.output) > item.max_answer_chars:
            yield subject.finding(
                "program",
                f"variant {number}: the output must be 1 to {item.max_answer_chars} characters; it has "
                f"{len(item.output.strip())}",
                "program",
            )
