"""The grader as a Celery worker: `celery -A grader.tasks worker -Q grading`. The only file here that knows Celery.

Needs BROKER_URL and nothing else of the site: no database, no secret key.
"""

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # judges fork; their arithmetic is small

from celery import Celery, signals
from celery.exceptions import Reject, WorkerTerminate
from kombu.exceptions import OperationalError

from grader.broker import GRADING_QUEUE, WEB_QUEUE, celery_settings
from grader.draw_job import DrawJob
from grader.errors import Misconfigured
from grader.exercise import EXERCISES_FOLDER
from grader.job import GradingJob
from grader.report import GradingReport, ProgressNote
from grader.sandbox import SandboxRefused
from grader.worker import GradingWorker

logger = logging.getLogger(__name__)

RECORD_PROGRESS, RECORD_REPORT = "prova.record_progress", "prova.record_report"
DRAWING_STARTED, RECORD_DRAWING = "prova.drawing_started", "prova.record_drawing"
#: A report is worth waiting for: about a minute, longer than a broker needs to restart.
REPORT_RETRIES = {"max_retries": 30, "interval_start": 0.2, "interval_step": 0.5, "interval_max": 3.0}


def broker_url() -> str:
    """From BROKER_URL or the file that BROKER_URL_FILE names. Misconfigured: neither is set."""
    if path := os.environ.get("BROKER_URL_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if url := os.environ.get("BROKER_URL"):
        return url
    raise Misconfigured(
        "BROKER_URL is not set. Give the grading worker the site's broker, as in redis+socket:///path."
    )


app = Celery("grader")
app.conf.update(celery_settings(broker_url()))
app.conf.update(
    task_default_queue=GRADING_QUEUE,
    task_soft_time_limit=None,  # it would raise inside the judge; the judge has its own limits, the hard one stays
    worker_proc_alive_timeout=120,  # a process starts its sandbox before it says that it is up
    worker_max_tasks_per_child=500,
)

worker = GradingWorker(
    Path(os.environ.get("EXERCISES_FOLDER") or EXERCISES_FOLDER),
    draws_ahead=os.environ.get("GRADING_DRAWS_AHEAD") != "no",
)


@signals.worker_init.connect
def prepare(**_: Any) -> None:
    """In the parent, so that its processes share what it has loaded. A machine without a sandbox serves nobody.

    No thread of it is left when processes are forked."""
    try:
        worker.prepare()
        worker.start()
    except SandboxRefused as refused:
        logger.critical("%s", refused)
        raise WorkerTerminate(1) from refused
    finally:
        worker.close()


@signals.worker_process_init.connect
def start(**_: Any) -> None:
    worker.start()


@signals.worker_process_shutdown.connect
@signals.worker_shutdown.connect
def stop(**_: Any) -> None:
    worker.close()


@app.task(name="grader.grade", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def grade(message: Mapping[str, Any]) -> None:
    """One job, one report on the queue of the site."""
    try:
        job = GradingJob.from_message(message)
    except ValueError as error:
        logger.error("A message on the queue %s was dropped: %s", GRADING_QUEUE, error)
        raise Reject(str(error), requeue=False) from error
    send_report(worker.handle(job, send_note))
    worker.rest()  # nobody waits for it


@app.task(name="grader.draw", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def draw(message: Mapping[str, Any]) -> None:
    """The variants of one question: a note that it has begun, and one report, on the queue of the site."""
    try:
        job = DrawJob.from_message(message)
    except ValueError as error:
        logger.error("A message on the queue %s was dropped: %s", GRADING_QUEUE, error)
        raise Reject(str(error), requeue=False) from error
    _send(DRAWING_STARTED, {"request_id": job.request_id, "nonce": job.nonce})
    _send(RECORD_DRAWING, worker.draw(job).to_message())


def _send(task: str, message: Mapping[str, Any]) -> None:
    """Worth waiting for, as a report is: what has begun is counted by it."""
    app.send_task(
        task, args=[message], queue=WEB_QUEUE, retry=True, retry_policy=REPORT_RETRIES, ignore_result=True
    )


def send_note(note: ProgressNote) -> None:
    """Advisory: a broker that is away for a moment must not delay the mark."""
    try:
        app.send_task(
            RECORD_PROGRESS, args=[note.to_message()], queue=WEB_QUEUE, retry=False, ignore_result=True
        )
    except (OperationalError, OSError) as error:
        logger.warning("A progress note was not sent: %s", error)


def send_report(report: GradingReport) -> None:
    """OperationalError: the broker stayed away; the site hands the submission to a grader again when its lease ends."""
    _send(RECORD_REPORT, report.to_message())
