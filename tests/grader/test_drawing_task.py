"""The drawing task with a real broker between it and the test: what arrives on the site's queue."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.draw_job import DrawJob, DrawOutcome, DrawReport
from tests.grader.test_tasks import broker, sent
from tests.questionbank.samples import single_choice

__all__ = ["broker"]

SOURCE = """
def generate(draw):
    lo, hi = -draw.randrange(10, 100), draw.randrange(10, 100)
    return {"params": {"lo": lo, "hi": hi}, "options": {"steps": (hi - lo) / 255, "levels": (hi - lo) / 256}}
"""
PROGRAM = """
import json, sys
from celery.exceptions import Reject
from grader.tasks import draw, worker
for line in sys.stdin:
    try:
        draw(json.loads(line))
    except Reject:
        pass
worker.close()
"""


@pytest.mark.sandbox
def test_a_drawing_job_ends_as_a_note_and_a_report_and_nonsense_is_dropped(broker: tuple[str, Any]) -> None:
    url, client = broker
    question = single_choice(generator=None, generator_source=SOURCE, variant_count=2)
    job = DrawJob(request_id=3, nonce="once", question=question.to_json(), seed=question.id)
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    lines = [json.dumps(message) for message in ({"source": "x"}, job.to_message())]

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input="\n".join(lines),
        env={**keep, "BROKER_URL": url},
        capture_output=True,
        text=True,
        timeout=100,
        cwd=Path(__file__).parents[2],
    )

    assert done.returncode == 0, done.stderr
    assert "not a drawing job" in done.stderr
    (started, note), (recorded, message) = sent(client)
    assert (started, recorded) == ("prova.drawing_started", "prova.record_drawing")
    assert note == {"request_id": 3, "nonce": "once"}
    report = DrawReport.from_message(message)
    assert (report.outcome, report.nonce, len(report.variants)) == (DrawOutcome.DRAWN, "once", 2)
    assert report.profile in ("A", "B")
