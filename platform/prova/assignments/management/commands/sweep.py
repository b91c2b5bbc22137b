import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from prova.assignments.sweeper import run_sweeper


class Command(BaseCommand):
    help = "Find what got lost between the site and the graders and set it going again. One at a time does the work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        run_sweeper(settings.SWEEP_INTERVAL_S, stop, once=options["once"])
