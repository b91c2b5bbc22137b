from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from prova.accounts import throttle
from prova.accounts.address import client_address


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("This name and password do not belong together. Mind capital letters."),
        "inactive": _("This account is switched off. Ask your instructor."),
        "too_many": _(
            "Too many tries. Wait 15 minutes, then try again, or ask your instructor for a new password."
        ),
    }

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        address = client_address(self.request.META) if self.request else None
        if not username or not self.cleaned_data.get("password"):
            return self.cleaned_data
        if not throttle.begin_try(username, address):
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        cleaned = super().clean()
        throttle.forgive(username, address)
        return cleaned
