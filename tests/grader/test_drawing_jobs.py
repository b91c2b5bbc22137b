"""Instructors' own generators, honest and hostile, in the real sandbox under both profiles: each ends as variants or as a
sentence for the author, none as a failure of ours, and the next one draws."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from grader import draw_session
from grader.draw_job import DrawJob, DrawOutcome, DrawReport
from grader.draw_reference import NAMES, answer, functions
from grader.draw_worker import draw_report
from grader.run import Sandbox
from grader.sandbox import Profile, SandboxRefused, SystemFailure, Zygote
from grader.sandbox.profiles import inspect_machine
from questionbank.draw_problem import DrawProblem, told
from questionbank.drawing import draw_variants
from questionbank.generators import all_generators
from tests.questionbank.samples import numeric, single_choice

HONEST = """
import random
from reference import choose_qparams

seen = []

def generate(draw):
    seen.append(1)
    lo, hi = -draw.randrange(10, 100), draw.randrange(10, 100)
    scale, zero_point = choose_qparams(lo, hi, bits=8)
    note = [random.random() < 2, len(seen)]
    return {"params": {"lo": lo, "hi": hi, "zero_point": zero_point}, "options": {"steps": scale, "levels": (hi - lo) / 256}}
"""
INSIDE = "def generate(draw):\n    "
HOSTILE = [
    ("reads_a_file", INSIDE + "return open('/etc/passwd').read()", "not_permitted"),
    ("opens_a_socket", "import socket\n" + INSIDE + "socket.create_connection(('127.0.0.1', 80))", "not_permitted"),
    ("forks", "import os\n" + INSIDE + "os.fork()", "not_permitted"),
    ("loops_for_ever", INSIDE + "while True: pass", "cpu_limit"),
    ("eats_memory", INSIDE + "return [bytes(1 << 28) for _ in range(99)]", "memory_limit"),
    ("returns_ten_megabytes", INSIDE + "return {'params': {'a': 'x' * 10_000_000}}", "unreadable"),
    ("returns_many_values", INSIDE + "return {'params': {'a': list(range(100_000))}}", "unreadable"),
    ("returns_not_a_number", INSIDE + "return {'params': {'lo': float('nan')}}", "not_finite"),
    ("returns_an_object", INSIDE + "return object()", "unreadable"),
    ("returns_nothing", INSIDE + "pass", "not_fields"),
    ("prints_tons", INSIDE + "while True: print('x' * 100_000)", "output_limit"),
    ("leaves", "import os\n" + INSIDE + "os._exit(0)", "no_result"),
    ("calls_exit", INSIDE + "raise SystemExit(0)", "raised_line"),
    ("divides_by_zero", INSIDE + "1 / 0", "raised_line"),
    ("cannot_be_read", "def generate(draw", "not_loading_line"),
    ("has_no_generate", "def variants(draw): return {}", "no_generate"),
    ("fails_while_loading", "1 / 0\n" + INSIDE + "return {}", "not_loading_line"),
    ("asks_for_code", INSIDE + "import reference; return reference._ask('__import__', ['os'], {})", "raised_line"),
    ("asks_without_end", INSIDE + "import reference\n    while True: reference.entropy([1, 1])", "too_many_questions"),
    ("asks_for_too_much", INSIDE + "import reference; reference.entropy([1] * 10_000)", "raised_line"),
    (
        "patches_our_modules",
        "import sys, random\n"
        "for module in list(sys.modules.values()):\n"
        "    for name in dir(module):\n"
        "        if name in ('encode', 'send', 'stored', 'coincidences'): setattr(module, name, lambda *a: b'')\n"
        + INSIDE
        + "return {'params': {'lo': 1, 'hi': 1}, 'options': {'steps': 1, 'levels': 1}}",
        "",
    ),
]  # fmt: skip


def job(source: str, variants: int = 2, **changes: Any) -> DrawJob:
    fields = {"generator": None, "generator_source": source, "variant_count": variants, **changes}
    question = single_choice(**fields)
    return DrawJob(request_id=7, nonce="once", question=question.to_json(), seed="seed")


@pytest.fixture(scope="module", params=list(Profile), ids=lambda profile: f"profile_{profile}")
def zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(20_000 + os.getpid() % 20_000))
        if missing := inspect_machine().missing(request.param):
            pytest.skip(f"PROFILE {request.param} IS NOT TESTED HERE: {' '.join(missing)}")
        with Zygote(request.param, ("numpy",)) as zygote:
            yield zygote


@pytest.fixture(autouse=True)
def endless_loops_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_session, "LIMITS", replace(draw_session.LIMITS, call_cpu_s=0.3))


def reported(zygote: Zygote, source: str, **changes: Any) -> DrawReport:
    return draw_report(job(source, **changes), lambda: zygote, profile=str(zygote.profile))


@pytest.mark.sandbox
def test_an_honest_generator_draws_the_same_everywhere(zygote: Zygote) -> None:
    report = reported(zygote, HONEST, variants=3)
    assert (report.outcome, report.nonce, report.profile) == (DrawOutcome.DRAWN, "once", str(zygote.profile))
    assert [variant["params"] for variant in report.variants] == [
        {"lo": -94, "hi": 72, "zero_point": 144},
        {"lo": -44, "hi": 28, "zero_point": 156},
        {"lo": -38, "hi": 88, "zero_point": 77},
    ]
    assert reported(zygote, HONEST, variants=2).variants == report.variants[:2]
    assert DrawReport.from_message(report.to_message()) == report


@pytest.mark.sandbox
@pytest.mark.parametrize(("source", "key"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_whatever_a_generator_does_is_said_to_its_author(zygote: Zygote, source: str, key: str) -> None:
    report = reported(zygote, source)
    assert report.outcome is DrawOutcome.REFUSED
    if key:
        assert report.problem["key"] == key
    for language in ("en", "pt-br"):
        text = told(DrawProblem.from_json(report.problem), language)
        assert "…" not in text
        assert "/" not in text.replace("/etc/passwd", "").replace("1 / 0", "")
    assert reported(zygote, HONEST).outcome is DrawOutcome.DRAWN


@pytest.mark.sandbox
def test_coincidences_are_drawn_again_and_told(zygote: Zygote) -> None:
    source = (
        "def generate(draw):\n    hi = draw.choice([1, 140, 160])\n"
        "    return {'params': {'lo': 0, 'hi': hi}, 'options': {'steps': hi / 255, 'levels': hi / 256}}"
    )
    report = reported(zygote, source)
    assert report.outcome is DrawOutcome.DRAWN
    assert {variant["params"]["hi"] for variant in report.variants} == {140, 160}
    assert {redraw["why"]["key"] for redraw in report.redraws} <= {"options_alike", "taken"}


class _Broken:
    def open(self, *args: Any, **kwargs: Any) -> Any:
        raise SystemFailure("the zygote died")


def _refused() -> Sandbox:
    raise SandboxRefused(("Landlock is switched off.",))


def test_without_a_sandbox_no_instructors_program_runs_and_built_in_ones_do() -> None:
    refused = draw_report(job(HONEST), _refused)
    assert refused.outcome is DrawOutcome.REFUSED
    assert refused.problem["key"] == "no_sandbox"
    assert "Landlock" in told(DrawProblem.from_json(refused.problem), "pt-br")
    slips = dict.fromkeys(("truncated", "from_the_top", "negative"))
    question = numeric(key=None, generator="affine_zero_point", slips=slips, variant_count=2)
    built_in = DrawJob(request_id=1, nonce="n", question=question.to_json(), seed=question.id)
    expected = draw_variants(question, all_generators()["affine_zero_point"], 2, question.id)
    drawn = draw_report(built_in, _refused)
    assert ([*drawn.variants], drawn.profile) == ([variant.to_json() for variant in expected], "")


def test_a_broken_sandbox_is_our_failure() -> None:
    report = draw_report(job(HONEST), _Broken)
    assert (report.outcome, report.problem) == (DrawOutcome.SYSTEM_ERROR, {})


@pytest.mark.parametrize("message", [None, {}, {"request_id": "1", "nonce": "", "question": {}, "seed": ""}])
def test_what_is_not_a_job_is_refused_at_the_door(message: Any) -> None:
    with pytest.raises(ValueError, match="not a drawing job"):
        DrawJob.from_message(message)
    with pytest.raises(ValueError, match="not a report"):
        DrawReport.from_message(message)


def test_the_reference_library_answers_with_plain_numbers_only() -> None:
    assert sorted(functions()) == sorted(NAMES)
    assert answer("choose_qparams", [-1.0, 2.0], {"bits": 8}) == [3 / 255, 85]
    assert answer("huffman_mean_length", [[2, 1, 1]], {}) == 1.5
    refused: list[tuple[str, list[Any]]] = [
        ("eval", ["1"]),
        ("entropy", ["text"]),
        ("entropy", [[[1]]]),
        ("dense_bits", [1e300]),
    ]
    for name, args in refused:
        with pytest.raises(ValueError):
            answer(name, args, {})
