from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prova.courses.html import html
from prova.courses.icons import icon
from prova.quizzes.cards import Card
from prova.quizzes.sheets import Mark

NOTHING, OUT_OF_BAND = SafeString(""), SafeString(' hx-swap-oob="true"')


def place(card: Card | Mark, *, oob: bool = False) -> SafeString:
    """A question in the list of questions. `oob`: sent with another answer, and takes its place by its id."""
    item = card.item
    said = [_("answered") if card.is_answered else _("empty")]
    said += [_("flagged")] if item.is_flagged else []
    said += [_("not on this page")] if card.is_out_of_reach else []
    sign = icon("flag") if item.is_flagged else icon("check") if card.is_answered else NOTHING
    return html(
        '<li id="place-{pk}"{oob}>{link}<span class="visually-hidden">{question} </span>'
        '<span class="place__number">{position}</span><span class="visually-hidden">: {said}</span>{sign}{end}</li>',
        pk=item.pk,
        oob=OUT_OF_BAND if oob else NOTHING,
        link=_link(card),
        question=_("Question"),
        position=item.position,
        said=", ".join(said),
        sign=sign,
        end=_SPAN_END if card.is_out_of_reach else _LINK_END,
    )


_SPAN_END, _LINK_END = SafeString("</span>"), SafeString("</a>")


def _link(card: Card | Mark) -> SafeString:
    state = (" is-answered" if card.is_answered else "") + (" is-flagged" if card.item.is_flagged else "")
    pattern = '<a href="{page}#question-{position}" class="place{state}" data-position="{position}">'
    if card.is_out_of_reach:
        pattern = '<span class="place place--away{state}" data-position="{position}">'
    page = f"?page={card.item.page}" if card.is_elsewhere else ""
    return html(pattern, page=page, position=card.item.position, state=state)
