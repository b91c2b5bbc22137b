"""A question of a paper that is being taken, with all that it can be asked for."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.courses.html import html
from prova.courses.icons import icon
from prova.courses.templatetags.prova import plural_of, points, points_in_words
from prova.quizzes.addresses import item_address
from prova.quizzes.cards import Card
from prova.quizzes.fragments.body import NOTHING, card_body
from prova.quizzes.fragments.saved import baseline, save_state
from prova.quizzes.fragments.tools import flag, other_language
from prova.quizzes.models import FeedbackPolicy, Quiz

_CARD = """
<section class="question card" id="question-{position}" data-item="{pk}" data-position="{position}"\
 aria-labelledby="title-{pk}" tabindex="-1" hx-post="{address}" hx-trigger="prova:save" hx-params="{fields}"\
 hx-include="this" hx-target="#state-{pk}" hx-swap="outerHTML" hx-sync="this:queue last">
<header class="question__head">
<h2 id="title-{pk}">{question} {position}</h2>
<span class="muted small">{points}</span>
<span class="question__tools">
{language}
{flag}
</span>
</header>
{body}
{penalty}{hints}{check}{baseline}
{state}
</section>
"""
_CHECK = """\
<p class="cluster"><button class="button" name="then" value="check:{pk}" hx-post="{address}" hx-params="{fields}"\
 hx-target="closest section" hx-swap="outerHTML" hx-sync="closest section:queue last" data-quiet>{icon}{word}</button>\
<span class="muted small">{note}</span></p>
"""


def question_card(card: Card, quiz: Quiz) -> SafeString:
    item = card.item
    return html(
        _CARD,
        pk=item.pk,
        position=item.position,
        address=item_address("quizzes:save", item),
        fields=card.field_names,
        question=_("Question"),
        points=points_in_words(item.points),
        language=other_language(card),
        flag=flag(item),
        body=card_body(card),
        penalty=_penalty(card) if quiz.guessing_penalty else NOTHING,
        hints=render_to_string("quizzes/_hints.html", {"card": card}) if card.hints else NOTHING,
        check=_check(card) if quiz.feedback_policy == FeedbackPolicy.AT_ONCE else NOTHING,
        baseline=baseline(card),
        state=save_state(card),
    )


def _penalty(card: Card) -> SafeString:
    cost = card.guess_cost
    if not cost:
        return NOTHING
    text = ngettext(
        "A wrong answer costs %(p)s point; no answer costs nothing.",
        "A wrong answer costs %(p)s points; no answer costs nothing.",
        plural_of(cost),
    )
    return html('<p class="small muted">{text}</p>\n', text=text % {"p": points(cost)})


def _check(card: Card) -> SafeString:
    return html(
        _CHECK,
        pk=card.item.pk,
        address=item_address("quizzes:check", card.item),
        fields=card.field_names,
        icon=icon("check"),
        word=_("Check this answer"),
        note=_("Then it cannot be changed any more."),
    )
