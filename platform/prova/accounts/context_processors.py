from typing import Any

from django.http import HttpRequest

from prova.accounts.preferences import THEMES, choose_theme


def preferences(request: HttpRequest) -> dict[str, Any]:
    return {"theme": choose_theme(request.COOKIES), "themes": THEMES}
