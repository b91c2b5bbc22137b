"""Hands a drawing job to the broker, as `prova.assignments.broker` does a submission."""

from grader.draw_job import DrawJob
from prova.assignments.broker import send_message


def send_draw_job(job: DrawJob) -> None:
    """Publish, and give up soon. BrokerUnreachable: try again later."""
    send_message("grader.draw", job.to_message())
