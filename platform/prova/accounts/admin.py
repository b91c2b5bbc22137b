from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin

from prova.accounts.forms import SignInForm
from prova.accounts.models import User


class AdminSignInForm(SignInForm, AdminAuthenticationForm):
    """Passwords of staff are guessed as slowly as everybody's."""


admin.site.login_form = AdminSignInForm
admin.site.register(User, UserAdmin)
