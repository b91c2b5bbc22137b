"""The buttons beside a question's title."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prova.courses.html import html
from prova.courses.icons import icon
from prova.courses.templatetags.prova import lang_tag
from prova.quizzes.addresses import item_address
from prova.quizzes.cards import Card
from prova.quizzes.models import AttemptItem


def flag(item: AttemptItem) -> SafeString:
    """Puts a flag to the question, or takes it away."""
    return html(
        '<button class="button button--quiet question__flag" id="flag-{pk}" name="then" value="flag:{pk}:{next}"'
        ' aria-pressed="{pressed}" hx-post="{address}" hx-params="is_flagged"'
        """ hx-vals='{{"is_flagged": "{next}"}}' hx-target="this" hx-swap="outerHTML" hx-sync="this:drop" data-quiet>"""
        "{icon}{word}</button>",
        pk=item.pk,
        next="off" if item.is_flagged else "on",
        pressed="true" if item.is_flagged else "false",
        address=item_address("quizzes:flag", item),
        icon=icon("flag"),
        word=_("Flagged") if item.is_flagged else _("Flag"),
    )


def other_language(card: Card) -> SafeString:
    """Shows the whole question in its other language; nothing, where it has none."""
    if card.other_language is None:
        return SafeString("")
    code, name = card.other_language
    return html(
        '<button class="button button--quiet" name="then" value="language:{pk}:{code}" hx-post="{address}"'
        """ hx-params="{fields},language" hx-vals='{{"language": "{code}"}}' hx-target="closest section\""""
        ' hx-swap="outerHTML" hx-sync="closest section:queue last" data-quiet lang="{tag}">{icon}{name}</button>',
        pk=card.item.pk,
        code=code,
        address=item_address("quizzes:item_language", card.item),
        fields=card.field_names,
        tag=lang_tag(code),
        icon=icon("language"),
        name=name,
    )
