"""Options and rows, each with its form fields."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from prova.courses.html import html
from prova.courses.templatetags.prova import letter
from questionbank.items import Presentation, PresentedRow, RowChoice

_NOTHING, _CHECKED, _SELECTED = SafeString(""), SafeString(" checked"), SafeString(" selected")


def options(shown: Presentation, field: str, pk: int | str) -> SafeString:
    """`field` and `pk` name the form field that holds the answer."""
    name = f"{field}-{pk}"
    kind = "checkbox" if shown.multiple else "radio"
    return _joined(
        html(
            '<label class="option"><input type="{kind}" name="{name}" value="{token}"{checked}>'
            '<span class="option__letter">{letter}</span><span class="option__text">{text}</span></label>',
            kind=kind,
            name=name,
            token=option.token,
            checked=_CHECKED if option.chosen else _NOTHING,
            letter=letter(place),
            text=mark_safe(option.text_html),
        )
        for place, option in enumerate(shown.options)
    )


def rows(shown: Presentation, field: str, pk: int | str) -> SafeString:
    """`field` and `pk`: what the names of the rows' form fields begin with."""
    name = f"{field}-{pk}"
    if shown.type == "true_false":
        return _joined(_radio_row(row, name, number) for number, row in enumerate(shown.rows, start=1))
    is_lettered = bool(shown.choices_html)
    return _joined(
        _select_row(row, name, number, is_lettered=is_lettered)
        for number, row in enumerate(shown.rows, start=1)
    )


def _radio_row(row: PresentedRow, name: str, number: int) -> SafeString:
    choices = [
        _radio(f"{name}.{number}", choice.value, choice.chosen, choice.label) for choice in row.choices
    ]
    return html(
        '<div class="row" role="radiogroup" aria-labelledby="{id}"><div class="row__text" id="{id}">{text}</div>'
        '<div class="row__choices">{choices}\n{none}</div></div>',
        id=f"{name}-row-{number}",
        text=mark_safe(row.text_html),
        choices=_joined(choices, ""),
        none=_radio(f"{name}.{number}", "", row.is_open, _("No answer"), " row__choice--open"),
    )


def _radio(name: str, value: str, is_chosen: bool, label: str, kind: str = "") -> SafeString:
    return html(
        '<label class="row__choice{kind}"><input type="radio" name="{name}" value="{value}"{checked}>'
        "<span>{label}</span></label>",
        kind=kind,
        name=name,
        value=value,
        checked=_CHECKED if is_chosen else _NOTHING,
        label=label,
    )


def _select_row(row: PresentedRow, name: str, number: int, *, is_lettered: bool) -> SafeString:
    return html(
        '<div class="row"><label class="row__text" for="{id}">{text}</label>'
        '<select class="input row__select" id="{id}" name="{name}" autocomplete="off">'
        '<option value="">{none}</option>{choices}</select></div>',
        id=f"{name}-row-{number}",
        text=mark_safe(row.text_html),
        name=f"{name}.{number}",
        none=_("No answer"),
        choices=_joined(
            html(
                '<option value="{value}"{selected}>{label}</option>',
                value=choice.value,
                selected=_SELECTED if choice.chosen else _NOTHING,
                label=_lettered(choice, place) if is_lettered else choice.label,
            )
            for place, choice in enumerate(row.choices)
        ),
    )


def _lettered(choice: RowChoice, place: int) -> str:
    return f"{letter(place)}: {choice.label}" if choice.label else letter(place)


def _joined(parts: Iterable[SafeString], between: str = "\n") -> SafeString:
    return mark_safe(between.join(parts))
