"""How a result says what an answer was: an icon, a word, and a badge of both."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from prova.courses.html import html
from prova.courses.icons import icon
from prova.courses.templatetags.prova import letter
from questionbank.items import Feedback, ItemVerdict, OptionFeedback

_NOTHING = SafeString("")
#: (icon, word, kind of badge)
_SAID = {
    ItemVerdict.RIGHT: ("check", gettext_noop("right"), "good"),
    ItemVerdict.WRONG: ("cross", gettext_noop("not right"), "bad"),
    ItemVerdict.PARTLY: ("dash", gettext_noop("partly right"), "warn"),
    ItemVerdict.PENDING: ("clock", gettext_noop("to be marked"), "none"),
    ItemVerdict.BLANK: ("dot", gettext_noop("not answered"), "none"),
}


def verdict_icon(verdict: ItemVerdict) -> SafeString:
    return icon(_SAID[verdict][0])


def verdict_word(verdict: ItemVerdict) -> str:
    return _(_SAID[verdict][1])


def verdict_badge(verdict: ItemVerdict) -> SafeString:
    name, word, kind = _SAID[verdict]
    return _badge(kind, name, _(word))


def option_results(told: Feedback) -> SafeString:
    """Every option with what was chosen, what is right, and why."""
    return mark_safe("\n".join(_option(option, place) for place, option in enumerate(told.options)))


def _option(option: OptionFeedback, place: int) -> SafeString:
    kind = " option--right" if option.correct else " option--wrong" if option.chosen else ""
    return html(
        '<li class="option{kind}">\n<span class="option__letter">{letter}</span>\n'
        '<div class="option__text">\n<p>{text}</p>\n{told}\n</div>\n</li>',
        kind=kind,
        letter=letter(place),
        text=mark_safe(option.text_html),
        told=_told(option),
    )


def _told(option: OptionFeedback) -> SafeString:
    why = mark_safe(option.explanation_html)
    if option.chosen or option.correct:
        chosen = _badge(*(("good", "check") if option.correct else ("bad", "cross")), _("your answer"))
        return html(
            '<p class="option__marks">{chosen}{right}</p>\n<div class="option__why prose">{why}</div>',
            chosen=chosen if option.chosen else _NOTHING,
            right=_badge("good", "check", _("right answer")) if option.correct else _NOTHING,
            why=why,
        )
    if not why:
        return _NOTHING
    return html(
        '<details class="option__why"><summary>{title}</summary><div class="prose">{why}</div></details>',
        title=_("Why not this one"),
        why=why,
    )


def _badge(kind: str, name: str, word: str) -> SafeString:
    return html(
        '<span class="badge badge--{kind}">{icon}{word}</span>', kind=kind, icon=icon(name), word=word
    )
