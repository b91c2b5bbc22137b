"""A site of Prova as a program talks to it: JSON in, JSON out, and problems that say whose turn it is."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from grader.cli.words import Problem
from grader.visible import visible

_WAIT_S = 30.0
_MOST_BYTES = 64 << 20


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """ValueError: it is none."""
        return json.loads(self.body)


class Unreachable(Exception):
    """No answer, or half of one."""


class _Stays(urllib.request.HTTPRedirectHandler):
    """urllib would take the token along to wherever it is sent."""

    def redirect_request(
        self, req: Any, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


@dataclass(frozen=True)
class Site:
    address: str
    token: str = ""
    language: str = "en"

    def page(self, path: str) -> str:
        """For people."""
        return f"{self.address}/{path}"

    def get(self, path: str) -> Any:
        return self._checked(self._asked("GET", path)).json()

    def get_bytes(self, path: str) -> bytes:
        return self._checked(self._asked("GET", path)).body

    def post(self, path: str, body: bytes, content_type: str) -> Any:
        return self._checked(self._asked("POST", path, body, content_type)).json()

    def post_json(self, path: str, value: Mapping[str, str]) -> Answer:
        """Whatever the answer is, but for failures of the site."""
        return self._asked("POST", path, json.dumps(value).encode(), "application/json")

    def delete(self, path: str) -> Answer:
        return self._asked("DELETE", path)

    def pages(self, path: str) -> list[Any]:
        """All results of a list that comes in pages."""
        found: list[Any] = []
        following: str | None = path
        while following and len(found) < 5000:
            answer = self.get(following)
            try:
                found += answer["results"]
                following = _own_path(answer["next"])
            except (TypeError, KeyError):
                raise self._strange() from None
        return found

    def _asked(self, method: str, path: str, body: bytes | None = None, content_type: str = "") -> Answer:
        """Unreachable; Problem: the site failed, or sends elsewhere."""
        headers = {"Accept": "application/json, application/zip", "Accept-Language": self.language}
        headers |= {"Content-Type": content_type} if content_type else {}
        headers |= {"Authorization": f"Token {self.token}"} if self.token else {}
        request = urllib.request.Request(self.page(path), data=body, headers=headers, method=method)
        opener = urllib.request.build_opener(_Stays)
        try:
            with opener.open(request, timeout=_WAIT_S) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read(_MOST_BYTES))
        except urllib.error.HTTPError as error:
            with error:
                answer_of_error = Answer(error.code, dict(error.headers), error.read(1 << 20))
        except urllib.error.URLError as error:
            reason = getattr(error.reason, "strerror", None) or error.reason
            raise Unreachable(visible(str(reason))) from None
        except (OSError, HTTPException) as error:
            raise Unreachable(visible(str(error)) or type(error).__name__) from None
        except ValueError:  # it sends to what is no address
            raise self._strange() from None
        return self._not_moved(answer_of_error)

    def _not_moved(self, answer: Answer) -> Answer:
        if 300 <= answer.status < 400:
            target = urljoin(self.address + "/", answer.headers.get("Location", ""))
            parts = urlsplit(target)
            raise Problem("site_moved", site=self.address, other=visible(f"{parts.scheme}://{parts.netloc}"))
        if answer.status >= 500:
            raise Problem("site_failed", site=self.address, status=answer.status)
        return answer

    def _checked(self, answer: Answer) -> Answer:
        """Problem: it is a refusal."""
        if answer.status < 300:
            try:
                if "zip" not in answer.headers.get("Content-Type", "") and answer.body:
                    answer.json()
            except ValueError:
                raise self._strange() from None
            return answer
        if answer.status == 401:
            raise Problem("token_refused", site=self.address)
        refusal = _refusal(answer)
        if answer.status == 429 and not refusal.get("code"):
            raise Problem("too_many_requests", site=self.address, seconds=wait_s(answer))
        if text := refusal.get("detail"):
            raise Problem("site_refused", text=visible(str(text)))
        raise self._strange()

    def _strange(self) -> Problem:
        return Problem("site_answer_strange", site=self.address)


def wait_s(answer: Answer) -> int:
    """As the site asks for."""
    given = answer.headers.get("Retry-After", "")
    return min(int(given), 86_400) if given.isascii() and given.isdigit() else 60


def _refusal(answer: Answer) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _own_path(following: str | None) -> str | None:
    """Of the next page: behind a proxy the site may not know the address by which it is called."""
    if following is None:
        return None
    parts = urlsplit(following)
    return f"{parts.path}?{parts.query}".lstrip("/")
