from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prova.gradebook.policies import Counts
from prova.quizzes.entrance import read_networks
from prova.quizzes.models import Accommodation, FeedbackPolicy, Layout, Quiz

LANGUAGES = ("en", "pt-br")
LANGUAGE_NAMES = (("en", "English"), ("pt-br", "Português"))
MOST_MINUTES = 7 * 24 * 60


class MomentField(forms.DateTimeField):
    """In the person's own time zone, as the browser's own field writes it."""

    def __init__(self, **fields: Any):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(required=False, widget=widget, input_formats=formats, **fields)


class RulesForm(forms.Form):
    """Every rule of a quiz but what it asks."""

    time_limit_min = forms.FloatField(
        label=_("Time limit in minutes"),
        help_text=_("Empty: no limit."),
        required=False,
        min_value=0.5,
        max_value=MOST_MINUTES,
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts"),
        help_text=_("Empty: as many as one likes."),
        required=False,
        min_value=1,
        max_value=1000,
    )
    counts = forms.ChoiceField(
        label=_("Which attempt counts"),
        choices=[
            (Counts.BEST.value, _("the best")),
            (Counts.LAST.value, _("the last")),
            (Counts.FIRST.value, _("the first")),
        ],
    )
    opens_at = MomentField(label=_("Opens"))
    start_until = MomentField(label=_("Last start"), help_text=_("Who has begun by then may go on."))
    closes_at = MomentField(label=_("Closes"))
    closing_cuts = forms.BooleanField(
        label=_("Closing ends attempts that are under way"),
        help_text=_("Otherwise who has begun keeps the whole time limit."),
        required=False,
    )
    feedback_policy = forms.ChoiceField(label=_("Feedback"), choices=FeedbackPolicy.choices)
    tells_score = forms.BooleanField(label=_("the score"), required=False)
    tells_key = forms.BooleanField(label=_("the right answers"), required=False)
    tells_explanations = forms.BooleanField(label=_("the explanations"), required=False)
    guessing_penalty = forms.BooleanField(
        label=_("A wrong single choice costs what guessing would gain"),
        help_text=_(
            "Of four options a third of the points; no answer costs nothing, and no score falls below 0."
        ),
        required=False,
    )
    marks_blind = forms.BooleanField(
        label=_("Blind marking: markers are not told the student, nor students the marker"),
        required=False,
    )
    layout = forms.ChoiceField(label=_("Pages"), choices=Layout.choices)
    is_one_way = forms.BooleanField(label=_("No way back to a page once left"), required=False)
    password = forms.CharField(
        label=_("Password"), help_text=_("Said in the room; empty: none."), required=False, max_length=100
    )
    needs_none = forms.BooleanField(label=_("It needs no password after all"), required=False)
    networks = forms.CharField(
        label=_("Only from these networks"),
        help_text=_("For example 10.1.0.0/16; empty: from everywhere."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Every question must be complete in"),
        choices=LANGUAGE_NAMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def initial_of(cls, quiz: Quiz) -> dict[str, Any]:
        initial = {name: getattr(quiz, name) for name in cls.base_fields if hasattr(quiz, name)}
        minutes = None if quiz.time_limit_s is None else quiz.time_limit_s / 60
        initial["time_limit_min"] = int(minutes) if minutes and minutes.is_integer() else minutes
        initial["networks"] = "\n".join(quiz.networks)
        return initial

    def clean_networks(self) -> list[str]:
        try:
            return read_networks(self.cleaned_data["networks"])
        except ValueError as error:
            raise forms.ValidationError(_("“%(text)s” is no network."), params={"text": str(error)}) from None

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("It must close after it opens."))
        if cleaned.get("is_one_way") and cleaned.get("layout") == Layout.ALL:
            self.add_error(
                "is_one_way",
                _("With all questions on one page there is nothing to leave. Choose pages first."),
            )
        return cleaned

    def changes(self) -> dict[str, Any]:
        changes = dict(self.cleaned_data)
        minutes = changes.pop("time_limit_min")
        if changes.pop("needs_none"):
            changes["awaits_password"] = False
        return {**changes, "time_limit_s": None if minutes is None else round(minutes * 60)}


class AccommodationForm(forms.Form):
    """What is different for one learner."""

    time_factor = forms.FloatField(
        label=_("Time, times"),
        help_text=_("1.5 is half as much again."),
        min_value=1,
        max_value=10,
        initial=1,
    )
    extra_min = forms.IntegerField(
        label=_("and minutes more"), min_value=0, max_value=MOST_MINUTES, initial=0
    )
    opens_at = MomentField(label=_("Opens"))
    start_until = MomentField(label=_("Last start"))
    closes_at = MomentField(label=_("Closes"))
    extra_attempts = forms.IntegerField(label=_("Attempts more"), min_value=0, max_value=100, initial=0)
    needs_no_password = forms.BooleanField(label=_("Needs no password"), required=False)
    from_any_network = forms.BooleanField(label=_("From any network"), required=False)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Only instructors read it."), required=False, max_length=300
    )

    @classmethod
    def initial_of(cls, granted: Accommodation) -> dict[str, Any]:
        initial = {name: getattr(granted, name) for name in cls.base_fields if hasattr(granted, name)}
        return {**initial, "extra_min": granted.extra_s // 60}

    def changes(self) -> dict[str, Any]:
        changes = dict(self.cleaned_data)
        changes["extra_s"] = changes.pop("extra_min") * 60
        return changes


def read_texts(posted: Any, name: str) -> dict[str, str]:
    """{language: text} of the fields name-en, name-pt-br; empty ones are left out."""
    texts = {language: posted.get(f"{name}-{language}", "").strip()[:2000] for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def text_rows(texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """(code, name, text) of every language, for a page that shows both side by side."""
    return [(code, name, texts.get(code, "")) for code, name in LANGUAGE_NAMES]
