from django.utils.translation import gettext as _

from prova.bank.filters import FACILITY, NEWEST, RELEVANCE, SLUG, TOPIC, Filters


def sort_options(filters: Filters) -> list[tuple[str, str, bool]]:
    """(value, label, is chosen). The usual order has no value: what is searched for next comes best match first."""
    usual = (RELEVANCE, _("best match first")) if filters.query else (TOPIC, _("topic"))
    named = [usual, (NEWEST, _("newest version first")), (FACILITY, _("hardest first")), (SLUG, _("name"))]
    if filters.query:
        named.insert(1, (TOPIC, _("topic")))
    return [("" if value == usual[0] else value, label, value == filters.sort) for value, label in named]
