"""`Authorization: Token KEY`, with keys that are kept as digests."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from prova.accounts.models import AccessToken, User
from prova.accounts.tokens import note_use, token_of


class AccessTokenAuthentication(TokenAuthentication):
    model: Any = AccessToken

    def authenticate_credentials(self, key: str) -> tuple[User, AccessToken]:
        token = token_of(key)
        if token is None:
            raise AuthenticationFailed(_("This token is not valid any more. Sign in again: prova login."))
        note_use(token)
        return token.user, token
