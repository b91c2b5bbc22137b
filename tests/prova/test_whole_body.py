import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from prova.whole_body import WholeBody

FORM = b"source=print(1)&more=yes"
MULTIPART = b"--x\r\nContent-Disposition: form-data; name=source\r\n\r\nprint(1)\r\nprint(2)\r\n--x--\r\n"
TYPES = {FORM: "application/x-www-form-urlencoded", MULTIPART: "multipart/form-data; boundary=x"}


def posted(body: bytes, arrived: int) -> dict[str, str]:
    """What a view sees of a body of which only the first bytes came."""
    seen: dict[str, str] = {}

    def application(environ, _start_response):
        seen.update(WSGIRequest(environ).POST.dict())
        return []

    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": TYPES[body],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body[:arrived]),
    }
    WholeBody(application)(environ, None)
    return seen


@pytest.mark.parametrize("body", TYPES)
def test_a_whole_request_is_read(body):
    assert posted(body, len(body))["source"].startswith("print(1)")


@pytest.mark.parametrize("body", TYPES)
@pytest.mark.parametrize("missing", [1, 10, 20])
def test_half_a_request_is_none(body, missing):
    with pytest.raises(UnreadablePostError):
        posted(body, len(body) - missing)


def test_lines_may_end_where_they_like():
    read = []

    def application(environ, _start_response):
        request = WSGIRequest(environ)
        read.extend(request.readlines())
        return []

    environ = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "5", "wsgi.input": io.BytesIO(b"a\nb\nc")}
    WholeBody(application)(environ, None)
    assert read == [b"a\n", b"b\n", b"c"]
