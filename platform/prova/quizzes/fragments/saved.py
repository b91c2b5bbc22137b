"""What a question says of the answer that is saved."""

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.courses.html import html
from prova.courses.icons import icon
from prova.courses.templatetags.prova import clock_time
from prova.quizzes.cards import Card
from prova.quizzes.fragments.place import NOTHING, OUT_OF_BAND


def save_state(card: Card) -> SafeString:
    """The line below a question: not answered yet, saved at, or why it does not count."""
    if card.problem:
        kind, sign = " save-state--warn", icon("warning")
        says = html(
            "{why} {problem}", why=_("Kept as typed, but it does not count yet:"), problem=card.problem
        )
    elif card.is_answered:
        kind, sign = " save-state--saved", icon("check")
        says = mark_safe(" · ".join(_facts(card)))
    else:
        kind, sign, says = "", NOTHING, html("{text}", text=_("Not answered yet"))
    return html(
        '<p class="save-state{kind}" id="state-{pk}"{at}>{sign}<span>{says}</span></p>',
        kind=kind,
        pk=card.item.pk,
        at=html(' data-saved-at="{at}"', at=int(card.saved_at.timestamp())) if card.saved_at else NOTHING,
        sign=sign,
        says=says,
    )


def _facts(card: Card) -> Iterator[str]:
    """HTML; only what is put into the texts comes from outside."""
    shown = card.presentation
    yield _("Saved %(time)s") % {"time": clock_time(card.saved_at)}
    if shown.reading:
        yield _("read as <strong>%(number)s</strong>") % {"number": escape(shown.reading)}
    if n := shown.open_rows:
        if shown.gaps:
            yield ngettext("%(n)s gap is still empty", "%(n)s gaps are still empty", n) % {"n": n}
        else:
            yield ngettext("%(n)s row is still open", "%(n)s rows are still open", n) % {"n": n}
    if shown.repeated:
        yield _("given to more than one step: %(places)s") % {"places": escape(", ".join(shown.repeated))}


def baseline(card: Card, *, oob: bool = False) -> SafeString:
    """The answer that this page started from, and its number; sent back with the next one."""
    return html(
        '<input type="hidden" id="was-{pk}" name="was-{pk}" value="{was}"{oob}>'
        '<input type="hidden" id="base-{pk}" name="base-{pk}" value="{base}"{oob}>',
        pk=card.item.pk,
        was=card.baseline,
        base=card.response_id,
        oob=OUT_OF_BAND if oob else NOTHING,
    )
