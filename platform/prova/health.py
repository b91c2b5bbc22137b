"""Is everything there that a submission needs? For load balancers, compose and people."""

from collections.abc import Callable
from datetime import timedelta

from celery import Celery
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prova.assignments.models import Heartbeat

#: rounds the sweeper may miss before it counts as gone
MISSED_ROUNDS = 4
BROKER_TIMEOUT_S = 2


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database, the broker and the sweeper answer, else 503; the body names the part that is ill."""
    parts = {"database": _answer(_database), "broker": _answer(_broker), "sweeper": _answer(_sweeper)}
    healthy = all(answer == "ok" for answer in parts.values())
    return JsonResponse({"healthy": healthy, **parts}, status=200 if healthy else 503)


def _answer(probe: Callable[[], str]) -> str:
    try:
        return probe()
    except Exception as error:
        # The kind only: messages of drivers carry host names and user names, and this page is public.
        return f"ill: {type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return "ok"


def _broker() -> str:
    from prova.celery import app

    return _connects(app)


def _connects(app: Celery) -> str:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT_S)
    return "ok"


def _sweeper() -> str:
    beat = Heartbeat.objects.filter(name="sweeper").values_list("beat_at", flat=True).first()
    if beat is None:
        return "ill: never seen"
    silence = timezone.now() - beat
    if silence > timedelta(seconds=settings.SWEEP_INTERVAL_S * MISSED_ROUNDS):
        return f"ill: silent for {silence.total_seconds():.0f} s"
    return "ok"
