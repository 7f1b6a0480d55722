"""One message over a real connection: pinned to the address that was checked, cut when it takes too long."""

import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.factories.receiver import Receiver, certificate_of, receiving
from treasury.domain.webhooks import sending, targets
from treasury.domain.webhooks.targets import Place, Target

REAL = socket.getaddrinfo


def to(receiver: Receiver, **place: Any) -> Target:
    values = {"scheme": "http", "host": "hooks.test", "port": receiver.port, "path": "/hook"}
    return Target(Place(**(values | place)), "127.0.0.1")


def test_the_message_arrives_under_the_name(receiver: Receiver) -> None:
    outcome = sending.post(to(receiver), b'{"a": 1}', {"webhook-id": "msg_1"})
    assert (outcome.failure, outcome.status, outcome.start, outcome.address) == ("", 200, "ok", "127.0.0.1")
    [got] = receiver.got
    assert (got.path, got.body, got.id) == ("/hook", b'{"a": 1}', "msg_1")
    assert got.headers["host"] == f"hooks.test:{receiver.port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver: Receiver, status: int) -> None:
    receiver.answers, receiver.headers = [status], {"Location": receiver.url() + "/elsewhere"}
    outcome = sending.post(to(receiver), b"{}", {})
    assert (outcome.status, len(receiver.got)) == (status, 1)
    assert "redirects are not followed" in outcome.failure


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_anything_but_2xx_is_a_failure_and_of_the_answer_a_little_is_kept(
    receiver: Receiver, status: int
) -> None:
    receiver.answers, receiver.text = [status], b"\x00no\r\n" + b"x" * 1_000_000
    outcome = sending.post(to(receiver), b"{}", {})
    assert outcome.failure == f"answered {status}"
    assert len(outcome.start) == sending.KEPT
    assert outcome.start.isprintable()


def test_a_proxy_of_the_environment_is_not_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert not sending.post(to(receiver), b"{}", {}).failure


def test_a_name_that_changes_its_mind_leads_nowhere_else(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first answer is allowed, every later one is somebody else's server on this machine."""
    asked: list[str] = []
    with receiving() as inside:

        def looked_up(host: str, port: Any, *args: Any, **kwargs: Any) -> Any:
            if host != "hooks.test":
                return REAL(host, port, *args, **kwargs)
            asked.append(host)
            address = ("127.0.0.1", port) if len(asked) == 1 else ("127.0.0.1", inside.port)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

        monkeypatch.setattr(socket, "getaddrinfo", looked_up)
        target = targets.resolved(targets.place(receiver.url("hooks.test")))
        for _ in range(3):
            assert not sending.post(target, b"{}", {}).failure
    assert asked == ["hooks.test"]
    assert (len(receiver.got), inside.got) == (3, [])


def test_an_answer_that_drips_in_is_cut(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WHOLE", 0.6)
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = server.accept()
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(b"X: y\r\n")
                time.sleep(0.05)
        except OSError:
            connection.close()

    threading.Thread(target=drip, daemon=True).start()
    begun = time.monotonic()
    outcome = sending.post(to(receiver, port=server.getsockname()[1]), b"{}", {})
    server.close()
    assert outcome.failure
    assert time.monotonic() - begun < 3


def test_nobody_there_is_a_failure_with_words(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = sending.post(to(receiver, port=port), b"{}", {})
    assert "refused" in outcome.failure.lower()
    assert outcome.status is None


def test_the_certificate_has_to_be_that_of_the_name(tmp_path: Path, settings: Any) -> None:
    certificate = certificate_of("hooks.test", tmp_path)
    with receiving(certificate=certificate) as secure:
        untrusted = sending.post(to(secure, scheme="https"), b"{}", {})
        settings.HEDGEBOOK_WEBHOOK_CA_FILE = str(certificate)
        trusted = sending.post(to(secure, scheme="https"), b"{}", {})
        another = sending.post(to(secure, scheme="https", host="other.test"), b"{}", {})
    assert trusted.failure == ""
    assert "certificate" in untrusted.failure.lower()
    assert "hostname" in another.failure.lower() or "match" in another.failure.lower()
    assert len(secure.got) == 1
