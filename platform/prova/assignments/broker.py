"""The one place where the site hands a message to the broker."""

from grader.job import GradingJob


class BrokerUnreachable(Exception):
    """The operator's turn: the broker does not take messages. Nothing is lost, the outbox keeps them."""


def send_job(job: GradingJob) -> None:
    """Publish once, without waiting for a broker that is down. BrokerUnreachable: try again later."""
    from kombu.exceptions import OperationalError

    from prova.celery import app

    try:
        app.send_task(
            "grader.grade", args=[job.to_message()], queue="grading", retry=False, ignore_result=True
        )
    except (OperationalError, OSError) as error:
        raise BrokerUnreachable(str(error)) from error
