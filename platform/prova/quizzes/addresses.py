"""Addresses that a page needs once per question."""

from functools import cache

from django.urls import get_script_prefix, reverse

from prova.quizzes.models import AttemptItem

#: Stand for the numbers in the pattern of an address; no page has them.
_ATTEMPT, _ITEM = 910_000_000_000_000_001, 910_000_000_000_000_002


def item_address(name: str, item: AttemptItem) -> str:
    """As ``reverse(name, args=[attempt, item])``, which takes as long as a whole question does."""
    before, between, after = _pattern(name, get_script_prefix())
    return f"{before}{item.attempt_id}{between}{item.pk}{after}"


@cache
def _pattern(name: str, _script_prefix: str) -> tuple[str, str, str]:
    before, _attempt, rest = reverse(name, args=[_ATTEMPT, _ITEM]).partition(str(_ATTEMPT))
    between, _item, after = rest.partition(str(_ITEM))
    return before, between, after
