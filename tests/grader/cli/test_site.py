"""Against a server that answers as told: what goes wrong between a terminal and a site, and whose turn it is then."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from grader.cli.command_line import main
from grader.cli.follow import Follower
from grader.cli.site import Site
from grader.cli.words import Problem, Voice
from grader.student_package.package import as_zip

Reply = tuple[int, dict[str, str], bytes]
LISTED = {
    "id": 7, "course": "edge", "slug": "pruning", "exercise": "magnitude-pruning", "exercise_version": "1",
    "title": "Pruning",
}  # fmt: skip


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    return status, {"Content-Type": "application/json", **headers}, json.dumps(value).encode()


class Server:
    """`answers`: method and path -> replies, the last one again and again."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, str | None]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                key = f"{self.command} {self.path.partition('?')[0]}"
                outer.asked.append((key, self.headers.get("Authorization")))
                replies = outer.answers.get(key, [json_reply({"detail": "Not found."}, 404)])
                status, headers, body = replies.pop(0) if len(replies) > 1 else replies[0]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_DELETE = _any

            def log_message(self, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def prova(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Signed in through the environment, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROVA_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setenv("PROVA_SITE", server.url)
    monkeypatch.setenv("PROVA_TOKEN", "key-of-lin")

    def run(*words: str) -> tuple[int, str, str]:
        status = main([*words, "--language", "en"])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_token_goes_to_the_site_and_nowhere_it_is_sent_on_to(server: Server, prova: Any) -> None:
    elsewhere = Server()
    elsewhere.answers["GET /api/assignments/"] = [json_reply({"results": [], "next": None})]
    server.answers["GET /api/assignments/"] = [(302, {"Location": f"{elsewhere.url}/api/assignments/"}, b"")]
    status, _, err = prova("list")
    assert status == 2
    assert f"prova login {elsewhere.url}" in err
    assert server.asked == [("GET /api/assignments/", "Token key-of-lin")]
    assert elsewhere.asked == []
    elsewhere.close()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (json_reply({"detail": "no"}, 401), "Sign in again: prova login"),
        (json_reply({}, 502), "It is not your code: try again in a few minutes"),
        (json_reply({"detail": "slow down"}, 429, **{"Retry-After": "17"}), "asks to wait 17 s"),
        (json_reply({"detail": "Ask Ada."}, 403), "Ask Ada."),
        ((200, {"Content-Type": "text/html"}, b"<html>a login page of the network</html>"), "Check the address"),
        (json_reply(["a list"]), "Check the address"),
        (json_reply({"results": [{"id": "x"}], "next": None}), "Check the address"),
    ],
)  # fmt: skip
def test_what_a_site_may_answer_is_told_in_a_sentence(
    server: Server, prova: Any, reply: Reply, said: str
) -> None:
    server.answers["GET /api/assignments/"] = [reply]
    status, out, err = prova("list")
    assert (status, out) == (2, "")
    assert said in err


def test_a_site_that_does_not_answer(server: Server, prova: Any) -> None:
    server.close()
    status, _, err = prova("list")
    assert status == 2
    assert "does not answer" in err
    assert "Nothing was handed in" in err


def test_lists_come_in_pages_even_if_the_site_calls_itself_otherwise(server: Server, prova: Any) -> None:
    first = {"results": [LISTED], "next": "http://inner.example:8000/api/more/?page=2"}
    server.answers["GET /api/assignments/"] = [json_reply(first)]
    server.answers["GET /api/more/"] = [json_reply({"results": [LISTED | {"slug": "second"}], "next": None})]
    status, out, _ = prova("list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["pruning", "second"]


@pytest.mark.parametrize("target", ["http://a\x1b[31mb/", "http://[half/", "http://\x9b2Jb/"])
def test_a_site_that_sends_elsewhere_cannot_steer_the_terminal(
    server: Server, prova: Any, target: str
) -> None:
    server.answers["GET /api/assignments/"] = [(302, {"Location": target}, b"")]
    status, _, err = prova("list")
    assert status == 2
    assert all(c.isprintable() or c == "\n" for c in err)


def test_an_archive_that_is_damaged_inside_is_the_sites_turn(server: Server, prova: Any) -> None:
    server.answers["GET /api/assignments/"] = [json_reply({"results": [LISTED], "next": None})]
    whole = as_zip({"package.json": b"{}", "checks.py": b"x = 1\n" * 500})
    start = whole.index(b"checks.py") + len("checks.py")
    damaged = whole[:start] + bytes([255] * 8) + whole[start + 8 :]
    server.answers["GET /api/assignments/7/package.zip"] = [
        (200, {"Content-Type": "application/zip"}, damaged)
    ]
    status, _, err = prova("get", "pruning")
    assert status == 2
    assert "Traceback" not in err


def test_an_archive_that_wants_to_be_elsewhere_is_not_unpacked(
    server: Server, prova: Any, tmp_path: Path
) -> None:
    from tests.grader.uploads.archives import packed

    server.answers["GET /api/assignments/"] = [json_reply({"results": [LISTED], "next": None})]
    evil = packed({"package.json": "{}", "../evil.py": "x", "checks.py": "x = 1", "solutions/a.py": "x"})
    server.answers["GET /api/assignments/7/package.zip"] = [(200, {"Content-Type": "application/zip"}, evil)]
    assert prova("get", "pruning")[0] == 0
    written = {path.name for path in (tmp_path / "magnitude-pruning").iterdir()}
    assert written == {"package.json", "checks.py", "submission.py"}
    assert not (tmp_path / "evil.py").exists()


def test_a_folder_of_ones_own_is_never_written_over(server: Server, prova: Any, tmp_path: Path) -> None:
    server.answers["GET /api/assignments/"] = [json_reply({"results": [LISTED], "next": None})]
    server.answers["GET /api/assignments/7/package.zip"] = [
        (200, {"Content-Type": "application/zip"}, _package())
    ]
    (tmp_path / "magnitude-pruning").mkdir()
    (tmp_path / "magnitude-pruning" / "checks.py").write_text("my own")
    status, _, err = prova("get", "pruning")
    assert status == 2
    assert "is not an exercise fetched from a site" in err
    assert (tmp_path / "magnitude-pruning" / "checks.py").read_text() == "my own"


def _package() -> bytes:
    from tests.grader.uploads.archives import packed

    return packed({"package.json": "{}"})


def test_a_course_is_asked_for_only_where_several_have_the_exercise(server: Server, prova: Any) -> None:
    both = [LISTED, LISTED | {"id": 8, "course": "other"}]
    server.answers["GET /api/assignments/"] = [json_reply({"results": both, "next": None})]
    status, _, err = prova("get", "magnitude-pruning")
    assert status == 2
    assert "--course: edge, other" in err


def test_who_hands_in_hears_the_refusal_of_the_site(server: Server, prova: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("x = 1")
    server.answers["GET /api/assignments/"] = [json_reply({"results": [LISTED], "next": None})]
    closed = {"code": "closed", "detail": "This assignment is closed."}
    server.answers["POST /api/assignments/7/submissions/"] = [json_reply(closed, 422)]
    status, _, err = prova("submit", "mine.py", "--exercise", "pruning")
    assert status == 2
    assert "This assignment is closed." in err


def follower(server: Server) -> Follower:
    return Follower(Site(server.url, "key"), Voice("en"), 5, sleep=lambda seconds: None)


def waiting(state: str, **more: Any) -> Reply:
    return json_reply({"state": state, "poll_ms": 100, "done": 1, "total": 3, "report": None} | more)


def test_grading_is_followed_through_a_restart_of_the_site(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    graded = {"state": "graded", "poll_ms": 0, "report": {"score": 1}}
    server.answers["GET /api/submissions/5/report/"] = [
        waiting("queued", position=4), json_reply({}, 502), json_reply({}, 502), waiting("running"),
        json_reply(graded),
    ]  # fmt: skip
    assert follower(server).until_graded()["report"] == {"score": 1}
    told = capsys.readouterr().err
    assert "place 4 in line" in told
    assert "1 of 3 checks" in told


def test_a_failure_of_the_site_is_no_failure_of_the_code(server: Server) -> None:
    server.answers["GET /api/submissions/5/report/"] = [waiting("system_error")]
    with pytest.raises(Problem) as caught:
        follower(server).until_graded()
    assert "costs you no attempt" in Voice("en").sentence(caught.value.message)


def test_a_site_that_stays_away_has_the_file_all_the_same(server: Server) -> None:
    server.answers["GET /api/submissions/5/report/"] = [json_reply({}, 503)]
    with pytest.raises(Problem) as caught:
        follower(server).until_graded()
    assert f"{server.url}/submissions/5/" in Voice("pt-br").sentence(caught.value.message)


def test_nobody_is_followed_for_ever(server: Server) -> None:
    server.answers["GET /api/submissions/5/report/"] = [waiting("queued", position=1, is_stalled=True)]
    followed = follower(server)
    hours = iter(range(10**6))
    followed.clock = lambda: 600.0 * next(hours)
    with pytest.raises(Problem) as caught:
        followed.until_graded()
    assert caught.value.message.key == "still_waiting"
