"""Checks that fail for one reason: explained once, the others refer to the first. Pure."""

from collections.abc import Iterable

from grader.messages import general_messages
from grader.references import SAID_OF_ANY_VALUE
from grader.report import CheckResult, Verdict


def same_as(checks: Iterable[CheckResult]) -> dict[str, str]:
    """Name of a check -> name of the first one that tells a learner the same."""
    first: dict[object, str] = {}
    found = {}
    for check in checks:
        told = reason(check)
        if told is not None and first.setdefault(told, check.name) != check.name:
            found[check.name] = first[told]
    return found


def reason(check: CheckResult) -> object | None:
    """Equal for checks that tell a learner the same; None: passed, or wrong in a way of its own."""
    message = check.message
    if message is None or check.verdict.earns_all or check.verdict in {Verdict.PARTIAL, Verdict.NOT_RUN}:
        return None
    if check.slip:
        return ("slip", check.slip)
    if check.verdict is Verdict.WRONG_ANSWER:
        if message.key not in general_messages():
            return ("slip", message.key)
        if message.key not in SAID_OF_ANY_VALUE:
            return None
    if message.key == "missing_function":  # whatever other functions the example calls
        return (message.key, message.params.get("function"))
    if message.key == "name_unknown":  # once imported or defined, it is known everywhere
        return (message.key, message.params.get("name"))
    function = check.example[-1].function if check.example else ""
    return (check.verdict, message.key, function, tuple(sorted(message.params.items())))
