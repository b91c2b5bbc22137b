import socket
import time

from prova.web_worker import Arrivals


def test_of_a_request_that_comes_too_slowly_no_more_is_read_but_an_answer_can_be_written():
    ours, theirs = socket.socketpair()
    arrivals = Arrivals(limit_s=20)
    with ours, theirs, arrivals.watched(ours):
        theirs.send(b"POST / HT")
        assert ours.recv(100) == b"POST / HT"
        assert arrivals.end_late_ones(time.monotonic() + 19) == 0
        assert arrivals.end_late_ones(time.monotonic() + 21) == 1
        assert ours.recv(100) == b""
        ours.send(b"HTTP/1.1 408")
        assert theirs.recv(100) == b"HTTP/1.1 408"
        assert arrivals.end_late_ones(time.monotonic() + 100) == 0


def test_a_connection_whose_request_was_answered_is_left_alone():
    ours, theirs = socket.socketpair()
    arrivals = Arrivals(limit_s=20)
    with ours, theirs:
        with arrivals.watched(ours):
            pass
        assert arrivals.end_late_ones(time.monotonic() + 100) == 0


def test_a_connection_that_has_gone_by_itself_does_no_harm():
    ours, theirs = socket.socketpair()
    arrivals = Arrivals(limit_s=20)
    with arrivals.watched(ours):
        theirs.close()
        ours.close()
        assert arrivals.end_late_ones(time.monotonic() + 100) == 1
