"""The webhook: told once it is taken, tried again where that may help, and never a traceback."""

import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.errors import UserError
from flows.webhook import alarm_message, checked_address, tell
from storage.models import AlarmRow
from storage.terms import AlarmKind

AT = datetime(2027, 3, 20, 2, 30, tzinfo=UTC)
ALARM = AlarmRow(
    alarm_id=1,
    run_id="r",
    outlet="dawn",
    kind=AlarmKind.EMPTY_INDEX,
    subject="https://dawn.example/rss/",
    detail="названо 0 статей",
    raised_at=AT,
)


class Hook:
    """A server on loopback that answers each request with the next of its answers, the last one for ever."""

    def __init__(self, *answers):
        self.answers, self.taken, self.released = list(answers), [], threading.Event()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.taken.append((self.path, self.headers["Content-Type"], json.loads(body)))
                answer = hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0]
                if answer is None:
                    hook.released.wait(timeout=20)
                    return
                self.send_response(answer)
                if answer == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook?token=geheim"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


def told(hook, timeout_s=5.0):
    message = alarm_message("r", "nightly", AT, [ALARM], is_demo=False)
    return tell(hook.address, message, timeout_s=timeout_s, first_wait_s=0.01)


def test_what_is_told_has_the_documented_shape():
    with Hook(200) as hook:
        assert told(hook) is None
    [(path, content_type, message)] = hook.taken
    assert (path, content_type) == ("/hook?token=geheim", "application/json")
    assert message.pop("version")
    assert message == {
        "program": "zaporuka",
        "is_demo": False,
        "run": "r",
        "verb": "nightly",
        "at": "2027-03-20T02:30:00+00:00",
        "alarms": [
            {
                "kind": "empty_index",
                "outlet": "dawn",
                "subject": "https://dawn.example/rss/",
                "detail": "названо 0 статей",
            }
        ],
    }


@pytest.mark.parametrize("first", [500, 503, 429, 408])
def test_what_may_be_taken_later_is_tried_again(first):
    with Hook(first, 204) as hook:
        assert told(hook) is None
    assert len(hook.taken) == 2


def test_three_tries_are_all():
    with Hook(500) as hook:
        assert told(hook) == "The webhook at 127.0.0.1 was not told: it answered 500, 3 times."
    assert len(hook.taken) == 3


@pytest.mark.parametrize("answer", [404, 400, 410])
def test_a_plain_no_is_not_asked_again(answer):
    with Hook(answer) as hook:
        assert told(hook) == f"The webhook at 127.0.0.1 was not told: it answered {answer}."
    assert len(hook.taken) == 1


def test_no_redirect_is_followed():
    with Hook(302, 200) as hook:
        assert "it answered 302, a redirect, and none is followed" in told(hook)
    assert len(hook.taken) == 1


def test_one_that_hangs_is_left_after_the_time_out():
    with Hook(None) as hook:
        begun = time.monotonic()
        why = told(hook, timeout_s=0.2)
        assert time.monotonic() - begun < 6
    assert why == "The webhook at 127.0.0.1 was not told: no answer in time, 3 times."
    assert len(hook.taken) == 3


def test_nobody_there_is_one_sentence_without_the_secret():
    with Hook(200) as hook:
        pass
    why = told(hook)
    assert why.startswith("The webhook at 127.0.0.1 was not told: ConnectError")
    assert why.endswith(", 3 times.")
    assert "geheim" not in why


def test_a_name_nobody_has_is_one_sentence():
    why = tell("http://hook.invalid/", {}, first_wait_s=0.01)
    assert why.startswith("The webhook at hook.invalid was not told: ")


@pytest.mark.parametrize("address", ["https://example.org/hook", " http://127.0.0.1:8080/x?y=1\n"])
def test_a_web_address_is_taken(address):
    assert checked_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    ["", "example.org/hook", "ftp://example.org/", "https://", "https://exa mple.org/", "http://[::1", "http://a:b:c/"],
)
def test_anything_else_is_the_user_s_mistake(address):
    with pytest.raises(UserError, match=r"ZAPORUKA_WEBHOOK is no web address; give one like") as caught:
        checked_address(address)
    assert caught.value.exit_code == 2
