"""One mistake costs once: checks that are linked by `depends_on` share what they find. Pure.

Linked checks are a family. A check that failed is put down to a cause:

    slip       one named mistake explains every example that is wrong: all else in the answer is right
    error      the same line raises in every example that is wrong, and at least half of them are right
    upstream   it passes when one of the functions it puts together is answered rightly (`@with_right`)
    its own    anything else: nothing says that the rest would be right

A slip or an error costs once, at the dearest check it breaks; a cause of its own always costs; and what is upstream
costs nothing as long as the family pays for something as dear. So a family costs

    max(own causes + dearest check of each slip and error,  dearest upstream check)

which never grows when a mistake is corrected, whatever other mistakes come to light with it. Checks that put functions
together (`composed`) join their families, but a slip of the same name on either side of them is not the same mistake.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from grader.checklist import CheckInfo
from grader.report import CheckResult, Message, Verdict

UPSTREAM = "upstream"

Results = Mapping[str, CheckResult]


def settle(
    checks: Sequence[CheckInfo], results: Results, composed: Collection[str] = ()
) -> dict[str, CheckResult]:
    """The same results, where those that only repeat a mistake have their points back. `composed`: checks with
    functions of others in `@with_right`."""
    settled = dict(results)
    apart = [replace(one, depends_on=()) if one.name in composed else one for one in checks]
    group_of = {name: group[0] for group in families(apart) for name in group}
    for family in families(checks):
        settled.update(_settled([results[name] for name in family], group_of))
    return settled


def families(checks: Sequence[CheckInfo]) -> list[list[str]]:
    """Names in the order of the file, of checks linked by `depends_on` directly or through others."""
    family_of = {check.name: {check.name} for check in checks}
    for check in checks:
        for name in check.depends_on:
            joined = family_of[check.name] | family_of[name]
            for member in joined:
                family_of[member] = joined
    seen: list[set[str]] = []
    for joined in family_of.values():
        if joined not in seen:
            seen.append(joined)
    return [[check.name for check in checks if check.name in joined] for joined in seen]


def _settled(results: list[CheckResult], group_of: Mapping[str, str]) -> dict[str, CheckResult]:
    failed = [one for one in results if not one.verdict.earns_all]
    payers, carried = _paid_once([one for one in failed if one.cause != UPSTREAM], group_of)
    upstream = [one for one in failed if one.cause == UPSTREAM]
    if upstream:
        dearest = max(upstream, key=lambda one: one.max_points)
        paid = sum(one.max_points - one.points for one in payers)
        carried += [(one, _named(payers)) for one in upstream if one is not dearest or paid >= one.max_points]
        if paid < dearest.max_points:
            payers.append(replace(dearest, points=round(paid, 2)))
    return {one.name: one for one in payers} | {one.name: _carried(one, payer) for one, payer in carried}


def _paid_once(
    failed: Iterable[CheckResult], group_of: Mapping[str, str]
) -> tuple[list[CheckResult], list[tuple[CheckResult, CheckResult | None]]]:
    """Who pays, and who is carried by whom."""
    payers: list[CheckResult] = []
    carried: list[tuple[CheckResult, CheckResult | None]] = []
    by_cause: dict[tuple[str, str], CheckResult] = {}
    for one in sorted(failed, key=lambda one: -one.max_points):  # the first in the file among equals
        payer = by_cause.setdefault((group_of[one.name], one.cause), one) if one.cause else one
        if payer is one:
            payers.append(one)
        else:
            carried.append((one, payer))
    return payers, carried


def _named(payers: list[CheckResult]) -> CheckResult | None:
    return payers[0] if payers else None


def _carried(result: CheckResult, payer: CheckResult | None) -> CheckResult:
    message = (
        Message(key="carried_elsewhere")
        if payer is None
        else Message(key="carried", params={"check": payer.name})
    )
    return replace(
        result,
        points=result.max_points,
        verdict=Verdict.CARRIED,
        message=message,
        example=(),
        got=None,
        expected=None,
        pictures=(),
    )
