"""The field for a number, and what is asked of its unit and of its digits."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.courses.html import html
from questionbank.items import Presentation
from questionbank.typed import DigitsDefinition

NOTHING = SafeString("")


def number(shown: Presentation, field: str, pk: int | str, typed: str, *, says_state: bool) -> SafeString:
    """`field` and `pk` name the form field; `says_state`: whether the page says if the answer is saved."""
    asked = " ".join(filter(None, [_asked_of_units(shown), _asked_of_digits(shown.digits)]))
    return html(
        '<div class="number-field"><label for="answer-{pk}">{label}</label>'
        '<span class="number-field__in"><input class="input" type="text" id="answer-{pk}" name="{field}-{pk}"'
        ' value="{typed}" inputmode="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="80"'
        ' enterkeyhint="done" aria-describedby="stem-{pk}{about_asked}{about_state}">{unit}</span>{asked}</div>',
        pk=pk,
        label=_("Your answer"),
        field=field,
        typed=typed,
        about_asked=html(" asked-{pk}", pk=pk) if asked else NOTHING,
        about_state=html(" state-{pk}", pk=pk) if says_state else NOTHING,
        unit=html('<span class="number-field__unit">{unit}</span>', unit=shown.unit)
        if shown.unit
        else NOTHING,
        asked=html(
            '<p class="number-field__asked small muted" id="asked-{pk}">{asked}</p>', pk=pk, asked=asked
        )
        if asked
        else NOTHING,
    )


def _asked_of_units(shown: Presentation) -> str:
    if not shown.units:
        return ""
    if shown.unit_required:
        text = _("Write the unit after the number: %(units)s.")
    else:
        text = _("Another unit may be written after the number: %(units)s.")
    return text % {"units": ", ".join(shown.units)}


def _asked_of_digits(digits: DigitsDefinition | None) -> str:
    if digits is None:
        return ""
    least, most = digits.least, digits.most
    if most is None:
        text = ngettext(
            "With at least %(n)s significant digit.", "With at least %(n)s significant digits.", least
        )
        return text % {"n": least}
    if least == most:
        return ngettext("With %(n)s significant digit.", "With %(n)s significant digits.", least) % {
            "n": least
        }
    if least > 1:
        return _("With %(least)s to %(most)s significant digits.") % {"least": least, "most": most}
    text = ngettext("With at most %(n)s significant digit.", "With at most %(n)s significant digits.", most)
    return text % {"n": most}
