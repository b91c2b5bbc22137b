from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from prova.accounts.forms import SignInForm
from prova.accounts.models import AccessToken, User


class AdminSignInForm(SignInForm, AdminAuthenticationForm):
    """Passwords of staff are guessed as slowly as everybody's."""


admin.site.login_form = AdminSignInForm
admin.site.register(User, UserAdmin)


@admin.register(AccessToken)
class AccessTokenAdmin(admin.ModelAdmin):
    """To see whose programs may act, and to end a token. Nobody makes one for somebody else."""

    list_display = ("user", "name", "created_at", "last_used_at", "expires_at")
    search_fields = ("user__username", "name")
    fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AccessToken | None = None) -> bool:
        return False
