import socket

import pytest
from kombu import Connection
from prova.assignments.broker import BrokerUnreachable, impatient, send_job

from grader.job import GradingJob

JOB = GradingJob(submission_id=1, nonce="n", exercise="e", exercise_version="v", source="x = 1", seed=1)


@pytest.mark.parametrize(
    "address", ["redis+socket:///nowhere/at/all.sock", "redis://127.0.0.1:1/0", "amqp://127.0.0.1:1//"]
)
def test_a_broker_that_is_away_is_said_to_be(address):
    with pytest.raises(BrokerUnreachable):
        send_job(JOB, impatient(Connection(address)))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_hangs_does_not_hang_the_page(scheme):
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(BrokerUnreachable):
        send_job(JOB, impatient(Connection(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/")))
