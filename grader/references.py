"""The formula behind a check or a named mistake, and where to read of it. Standard library only: used by the site too."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.report import CheckResult, Verdict

SAID_OF_ANY_VALUE = {
    "returned_nothing",
    "not_numbers",
    "unreadable_value",
}  #: wrong whatever the right value is


@dataclass(frozen=True, kw_only=True)
class Reference:
    formula: str = ""  #: TeX, without dollar signs
    source: Mapping[str, str] = field(default_factory=dict)  #: language -> text; empty: none given

    def __bool__(self) -> bool:
        return bool(self.formula or self.source)


def reference_of(check: CheckResult, references: Mapping[str, Reference]) -> Reference:
    """Of the named mistake where it has its own, else of the check; by the keys of an exercise's messages.

    Only where something came out and is not right: no formula helps a function that raises or returns nothing.
    """
    if check.verdict not in {Verdict.WRONG_ANSWER, Verdict.PARTIAL}:
        return Reference()
    if check.message is not None and check.message.key in SAID_OF_ANY_VALUE:
        return Reference()
    of_check = references.get(f"checks.{check.name}", Reference())
    told = check.message.key if check.message else ""
    of_slip = references.get(check.slip or told, Reference())
    return Reference(formula=of_slip.formula or of_check.formula, source=of_slip.source or of_check.source)
