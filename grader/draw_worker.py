"""One drawing job, whatever becomes of it a report.

The rules (what a question is, which variants are acceptable) live in the question bank, which this package does not
import: they are loaded by name, as configured, and a worker without them says so.
"""

import importlib
import logging
import os
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from grader.draw_job import DrawJob, DrawOutcome, DrawReport
from grader.draw_session import SourceRunner
from grader.run import Sandbox
from grader.sandbox import SandboxRefused, SystemFailure

logger = logging.getLogger(__name__)

#: A module with draw_here(question, seed, run) -> {"variants": …, "redraws": …} or {"problem": …}.
RULES = os.environ.get("DRAWING_RULES") or "questionbank.drawing_door"

DrawHere = Callable[[Mapping[str, Any], str, SourceRunner], Mapping[str, Any]]


def draw_report(job: DrawJob, sandbox: Callable[[], Sandbox], *, profile: str = "") -> DrawReport:
    """`sandbox` is asked only for an author's own program; built-in generators run in this process."""
    try:
        with SourceRunner(sandbox) as run:
            drawn = _rules()(job.question, job.seed, run)
        profile = profile if run.was_used else ""
    except SandboxRefused as refused:
        logger.error("Request %s: %s", job.request_id, refused)
        problem = {"key": "no_sandbox", "params": {"text": " ".join(refused.missing)[:300]}}
        return _report(job, DrawOutcome.REFUSED, problem=problem)
    except SystemFailure as failure:
        logger.error("Request %s: the sandbox failed: %s", job.request_id, failure)
        return _report(job, DrawOutcome.SYSTEM_ERROR, failure=f"The sandbox failed: {failure}")
    except Exception:  # a mistake of ours; the author is not to blame
        logger.exception("Request %s could not be drawn", job.request_id)
        return _report(job, DrawOutcome.SYSTEM_ERROR, failure=traceback.format_exc(limit=-5))
    if "problem" in drawn:
        return _report(job, DrawOutcome.REFUSED, problem=drawn["problem"], profile=profile)
    return _report(
        job,
        DrawOutcome.DRAWN,
        variants=drawn["variants"],
        redraws=drawn["redraws"],
        profile=profile,
    )


def _rules() -> DrawHere:
    rules: DrawHere = importlib.import_module(RULES).draw_here
    return rules


def _report(job: DrawJob, outcome: DrawOutcome, **fields: Any) -> DrawReport:
    return DrawReport(request_id=job.request_id, nonce=job.nonce, outcome=outcome, **fields)
