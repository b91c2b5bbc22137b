"""The one place where the site hands a message to the broker."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kombu.exceptions import OperationalError
from kombu.pools import producers

from grader.job import GradingJob

if TYPE_CHECKING:
    from kombu import Connection

#: Somebody waits for the page. A broker that is away gets the message from the outbox, once it is back.
_NO_PATIENCE: dict[str, Any] = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
_ANSWERS_WITHIN_S = 2


class BrokerUnreachable(Exception):
    """The operator's turn: the broker does not take messages. Nothing is lost, the outbox keeps them."""


def send_job(job: GradingJob, connection: "Connection | None" = None) -> None:
    """Publish, and give up soon. BrokerUnreachable: try again later."""
    send_message("grader.grade", job.to_message(), connection)


def send_message(task: str, message: Mapping[str, Any], connection: "Connection | None" = None) -> None:
    """To the graders' queue. BrokerUnreachable: try again later."""
    from prova.celery import app

    try:
        with producers[connection or _of_the_site()].acquire(
            block=True, timeout=_ANSWERS_WITHIN_S
        ) as producer:
            # The second attempt is for a connection that was fine until the broker restarted.
            app.send_task(
                task,
                args=[message],
                queue="grading",
                producer=producer,
                retry=True,
                retry_policy=_NO_PATIENCE,
                ignore_result=True,
            )
    except (OperationalError, OSError) as error:
        raise BrokerUnreachable(str(error)) from error


@cache
def _of_the_site() -> "Connection":
    """Of this process; the pool opens as many as there are threads that publish."""
    from prova.celery import app

    return impatient(app.connection_for_write())


def impatient(usual: "Connection") -> "Connection":
    options = {
        **(usual.transport_options or {}),
        **_NO_PATIENCE,
        "max_retries": 0,
        "socket_timeout": _ANSWERS_WITHIN_S,
        "socket_connect_timeout": _ANSWERS_WITHIN_S,
    }
    return usual.clone(transport_options=options, connect_timeout=_ANSWERS_WITHIN_S)
