"""Tokens for programs: a name and a password for a new one, and an end to the one that asks."""

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.authtoken.serializers import AuthTokenSerializer
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from prova.accounts import throttle
from prova.accounts.address import client_address
from prova.accounts.models import AccessToken, User
from prova.accounts.tokens import TooManyTokens, issue


class SignIns(AnonRateThrottle):
    """Of an address, behind which a whole class may sit; guessing is slowed by `throttle`."""

    rate = "60/min"


class SignInSerializer(AuthTokenSerializer):
    """Slowed down with the page's own count: the rate of an address can be dodged, and is per process."""

    name = serializers.CharField(required=False, default="", allow_blank=True, max_length=80)

    def validate(self, attrs: Any) -> Any:
        person, address = attrs["username"], client_address(self.context["request"].META)
        if not throttle.begin_try(person, address):
            raise Throttled
        checked = super().validate(attrs)
        throttle.forgive(person, address)
        return checked


class Token(APIView):
    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if self.request.method == "POST" else [IsAuthenticated()]

    def get_throttles(self) -> list[Any]:
        return [SignIns()] if self.request.method == "POST" else []

    def post(self, request: Request) -> Response:
        asked = SignInSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        person = cast(User, asked.validated_data["user"])
        try:
            key = issue(person, asked.validated_data["name"] or "API")
        except TooManyTokens:
            raise Throttled(3600) from None
        return Response({"token": key})

    def delete(self, request: Request) -> Response:
        """Of the very token that asks: `prova logout`."""
        if not isinstance(request.auth, AccessToken):
            return Response({"detail": _("Send the token that shall end.")}, status=400)
        request.auth.delete()
        return Response(status=204)
