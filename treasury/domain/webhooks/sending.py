"""One message to one address: no redirects, no proxy, little time, and of the answer only its status and its start."""

from __future__ import annotations

import ssl
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from treasury.domain.webhooks.targets import Target

#: Seconds for each step, and for everything together: an answer that drips in must not hold a worker.
STEP, WHOLE = 5.0, 12.0
KEPT = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """`failure` is empty where the other side has it (2xx)."""

    milliseconds: int
    address: str = ""
    status: int | None = None
    start: str = ""
    failure: str = ""


def post(target: Target, body: bytes, headers: dict[str, str]) -> Outcome:
    """Sends the message to the target's address, under its name; never raises for what the other side does."""
    begun = time.monotonic()
    connection = _connection(target)
    is_cut = threading.Event()
    end = threading.Timer(WHOLE, _cut, [connection, is_cut])
    end.daemon = True
    end.start()
    status, start, failure = None, "", ""
    try:
        connection.request(
            "POST",
            target.place.path,
            body=body,
            headers={"Host": target.place.host_header, "User-Agent": "Hedgebook-Webhooks/1", **headers},
            preload_content=False,
            decode_content=False,
        )
        answer = connection.getresponse()
        status, start = answer.status, _start(answer)
        if 300 <= status < 400:
            failure = f"answered {status}: redirects are not followed; give the address that it leads to"
        elif not 200 <= status < 300:
            failure = f"answered {status}"
    except (HTTPError, OSError, ValueError) as error:
        failure = f"{type(error).__name__}: {error}"
    finally:
        end.cancel()
        connection.close()
    if is_cut.is_set():  # what was read by then may look like a whole answer
        failure = f"no whole answer within {WHOLE:.0f} seconds"
    milliseconds = round((time.monotonic() - begun) * 1000)
    return Outcome(milliseconds, target.address, status, start, failure[:400])


def _connection(target: Target) -> HTTPConnection:
    """To the address that was checked; the certificate has to be that of the name."""
    if target.place.scheme == "http":
        return HTTPConnection(target.address, target.place.port, timeout=STEP)
    trusted = ssl.create_default_context(cafile=settings.HEDGEBOOK_WEBHOOK_CA_FILE or None)
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2
    name = target.place.host.strip("[]")
    return HTTPSConnection(
        target.address,
        target.place.port,
        timeout=STEP,
        ssl_context=trusted,
        server_hostname=name,
        assert_hostname=name,
    )


def _cut(connection: HTTPConnection, is_cut: threading.Event) -> None:
    """Ends what is waited for, whatever it is."""
    is_cut.set()
    try:
        if connection.sock is not None:
            connection.sock.shutdown(2)
    except OSError:
        pass


def _start(answer: BaseHTTPResponse) -> str:
    text = answer.read(KEPT * 4).decode("utf-8", errors="replace")
    return "".join(letter if letter.isprintable() else " " for letter in text)[:KEPT]
