from django.utils.translation import gettext as _

from prova.bank.filters import FACILITY, NEWEST, RELEVANCE, SLUG, TOPIC, Filters


def sort_options(filters: Filters) -> list[tuple[str, str, bool]]:
    """(value, label, is chosen); relevance only where something was searched for."""
    named = [
        (TOPIC, _("topic")),
        (NEWEST, _("newest version first")),
        (FACILITY, _("hardest first")),
        (SLUG, _("name")),
    ]
    if filters.query:
        named.insert(0, (RELEVANCE, _("best match first")))
    return [(value, label, value == filters.sort) for value, label in named]
