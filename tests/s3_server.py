"""S3 on this computer: moto, and before it a proxy that fails as networks and services do."""

from __future__ import annotations

import http.client
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, Literal, TypeAlias

Fault: TypeAlias = Literal[
    "500",
    "503",
    "403",
    "archived",
    "reset",
    "hang",
    "slow",
    "torn answer",
    "torn upload",
    "lost upload",
]
"""The last two say that all is well."""
BUCKET: Final = "clips"
CODES: Final[dict[Fault, tuple[int, str]]] = {
    "500": (500, "InternalError"),
    "503": (503, "SlowDown"),
    "403": (403, "AccessDenied"),
    "archived": (403, "InvalidObjectState"),
}
_DROPPED: Final = {"connection", "server", "date", "transfer-encoding", "content-length"}


class Proxy(ThreadingHTTPServer):
    """Passes requests on to moto; `fault` says for each what goes wrong with it."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, upstream: tuple[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.fault: Callable[[str, str], Fault | None] = lambda _method, _path: None
        self.requests: list[tuple[str, str]] = []
        self.hang = 0.8
        self.slow = 0.1

    @property
    def environment(self) -> dict[str, str]:
        """By which a program finds this service, and no other that the machine may know."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.server_port}",
            "AWS_ACCESS_KEY_ID": "a-key",
            "AWS_SECRET_ACCESS_KEY": "a-secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def failing(self, *faults: Fault | None) -> None:
        """The next requests fail so, one after the other; then all is well."""
        left = list(faults)
        self.requests.clear()
        self.fault = lambda _method, _path: left.pop(0) if left else None

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not wait for its answer is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        server, method = self.server, self.command
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.requests.append((method, self.path))
        fault = server.fault(method, self.path)
        if fault == "reset":
            # Closing with SO_LINGER 0 sends a reset instead of an end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if fault in {"hang", "slow"}:
            time.sleep(server.hang if fault == "hang" else server.slow)
        if fault in CODES:
            status, code = CODES[fault]
            self._answer(status, {}, _error(code))
        elif fault == "lost upload":
            self._answer(200, {"ETag": '"0"'}, b"")
        else:
            half = fault == "torn upload"
            self._answer(*self._passed_on(body[: len(body) // 2] if half else body), fault)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = handle_any  # noqa: N815 - the library's names

    def _passed_on(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        upstream = http.client.HTTPConnection(*self.server.upstream, timeout=60)
        kept = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in {"content-length", "connection", "expect"}
            and not (name.lower().startswith(("x-amz-checksum", "content-md5")) and body)
        }
        upstream.request(self.command, self.path, body, kept | {"Content-Length": str(len(body))})
        answer = upstream.getresponse()
        content = answer.read()
        length = answer.getheader("Content-Length")
        headers = {n: v for n, v in answer.getheaders() if n.lower() not in _DROPPED}
        if self.command == "HEAD" and length:
            headers["Content-Length"] = length
        upstream.close()
        return answer.status, headers, content

    def _answer(
        self, status: int, headers: dict[str, str], body: bytes, fault: Fault | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if fault == "torn answer" else body)
        if fault == "torn answer":
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>said the test</Message></Error>".encode()


@contextmanager
def serving() -> Iterator[Proxy]:
    """S3 with the bucket `BUCKET`, through a proxy."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    proxy = Proxy(moto.get_host_and_port())
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    created = http.client.HTTPConnection(*proxy.upstream)
    created.request("PUT", f"/{BUCKET}")
    assert created.getresponse().status == 200
    created.close()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        moto.stop()
