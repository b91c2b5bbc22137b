"""One student of an exam, as a program: signs in, starts, answers after thinking, submits."""

import asyncio
import random
import re
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks.exam.connection import Answer, Connection, NoAnswer
from benchmarks.exam.paper import Paper, Question, read_paper, static_files, token_of
from benchmarks.exam.plan import Sitting

#: The page's script tries again until an answer is in; so does a student of ours.
TRIES = 12
_ATTEMPT = re.compile(r"/attempts/(\d+)/")
_REVIEW = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Student:
    sitting: Sitting
    connection: Connection
    quiz_path: str
    password: str
    attempt: int | None = None
    #: by attempt item: the fields of the newest answer that the site has confirmed
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    confirmations: int = 0
    gave_up: str = ""
    _token: str = ""
    _fetched: set[str] = field(default_factory=set)

    async def sit(self, doors_open_at: float) -> None:
        """The whole exam. What goes wrong is written down, never raised: the others go on."""
        draw = random.Random(self.sitting.student)
        try:
            await _until(doors_open_at + self.sitting.signs_in_s)
            await self.sign_in()
            await _until(doors_open_at + self.sitting.starts_s)
            paper = await self.start()
            for at in self.sitting.answers_s:
                await _until(doors_open_at + at)
                await self.save(paper, draw.choice(paper.questions), draw)
            await _until(doors_open_at + self.sitting.submits_s)
            await self.submit()
        except (NoAnswer, GaveUp) as problem:
            self.gave_up = str(problem)
        finally:
            self.connection.close()

    async def sign_in(self) -> None:
        page = await self._retry(lambda: self.connection.get("/accounts/sign-in/", "sign-in page"))
        await self._fetch_all(page.text)
        form = [
            ("csrfmiddlewaretoken", token_of(page.text)),
            ("username", self.sitting.student),
            ("password", self.password),
            ("next", self.quiz_path),
        ]
        await self._retry(lambda: self.connection.post("/accounts/sign-in/", form, "sign in"))
        page = await self._retry(lambda: self.connection.get(self.quiz_path, "quiz page"))
        await self._fetch_all(page.text)
        self._token = token_of(page.text)

    async def start(self) -> Paper:
        form = [("csrfmiddlewaretoken", self._token)]
        started = await self._retry(lambda: self.connection.post(f"{self.quiz_path}start/", form, "start"))
        found = _ATTEMPT.search(started.headers.get("location", ""))
        if not found:
            raise GaveUp(f"no attempt was started: {started.status} {started.headers.get('location')}")
        self.attempt = int(found[1])
        page = await self._retry(lambda: self.connection.get(f"/attempts/{self.attempt}/", "paper"))
        await self._fetch_all(page.text)
        return read_paper(page.text)

    async def save(self, paper: Paper, question: Question, draw: random.Random) -> None:
        answer = question.answer(draw)
        headers = {"HX-Request": "true", "X-CSRFToken": paper.token}
        saved = await self._retry(
            lambda: self.connection.post(question.save_path, question.form(answer), "save", headers)
        )
        question.take_up(saved.text)
        self.confirmed[question.item] = [value for _, value in answer]
        self.confirmations += 1

    async def submit(self) -> None:
        path = f"/attempts/{self.attempt}/submit/"
        page = await self._retry(lambda: self.connection.get(path, "submit page"))
        found = _REVIEW.search(page.text)
        form = [("csrfmiddlewaretoken", found[1] if found else token_of(page.text))]
        await self._retry(lambda: self.connection.post(path, form, "submit"))
        await self._retry(lambda: self.connection.get(f"/attempts/{self.attempt}/result/", "result"))

    async def _fetch_all(self, page: str) -> None:
        """The static files that a page names, once each: a browser keeps them."""
        for path in static_files(page):
            if path not in self._fetched:
                self._fetched.add(path)
                await self._retry(partial(self.connection.get, path, "static file"))

    async def _retry(self, ask: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        for number in range(TRIES):
            try:
                answer = await ask()
            except NoAnswer:
                answer = None
            if answer is not None and answer.status < 400:
                return answer
            if answer is not None and answer.status < 500 and answer.status not in (408, 429):
                raise GaveUp(f"refused with {answer.status}: {answer.text[:200]}")
            await asyncio.sleep(min(10.0, 0.5 * 2**number) * random.uniform(0.75, 1.25))
        raise GaveUp(f"no good answer in {TRIES} tries")


class GaveUp(Exception):
    """A student who cannot go on."""


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))
