"""A fake of Google Translate's speech, as the unmodified gTTS meets it.

It is a proxy: gTTS is sent here by HTTPS_PROXY, asks for a tunnel to
`translate.google.com:443`, and finds the fake at its end, with TLS and a certificate
of its own (`fake_translate.pem`, made by `openssl req -x509`, with the key: a secret
of nobody's). The answers have the shape of the service's, and their sound is real
MP3, 24 kHz mono, longer for longer texts.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import random
import socket
import ssl
import struct
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import parse_qs

import lameenc
import numpy as np
from numpy.typing import NDArray

CERTIFICATE: Final = Path(__file__).with_suffix(".pem")
RATE: Final = 24_000
FRAME_BYTES: Final = 96
"""Of 32 kbit/s."""
PATH: Final = "/_/TranslateWebserverUi/data/batchexecute"
PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
BUNDLES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True)
class Asked:
    """What a request asked for."""

    host: str
    text: str
    language: str
    slow: bool


Fault = Callable[["Handler", Asked], None]
"""Answers a request, badly."""


class Service:
    """The fake. `faults` are used up, one a request; `always` is for each that finds none."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.knocks = 0
        """HEAD requests."""
        self.connections = 0
        self.sent = 0
        """Bytes of answers without end that were taken."""
        self.at_once = Counter[str]()
        """How many requests were ("most"), and are ("now"), being answered together."""
        self.faults: deque[Fault] = deque()
        self.always: Fault = good
        self.open: set[socket.socket] = set()
        self.over = Event()
        self.lock = Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE)
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.service = self
        self.port = self._server.server_address[1]

    @property
    def texts(self) -> list[str]:
        """The texts that were asked for, in no certain order."""
        return [asked.text for asked in self.asked]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answers until the end of the block."""
        thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.over.set()
            self._server.shutdown()
            for connection in list(self.open):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._server.server_close()
            thread.join()

    def answer(self, handler: Handler, asked: Asked) -> None:
        """Answer a request as the faults have it."""
        with self.lock:
            self.asked.append(asked)
            fault = self.faults.popleft() if self.faults else self.always
            self.at_once["now"] += 1
            self.at_once["most"] = max(self.at_once["most"], self.at_once["now"])
        try:
            fault(handler, asked)
        finally:
            with self.lock:
                self.at_once["now"] -= 1


class Server(ThreadingHTTPServer):
    """Its threads end with it; a connection that breaks is what the tests are about."""

    daemon_threads = False
    service: Service

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


class Handler(BaseHTTPRequestHandler):
    """One connection: CONNECT, then TLS, then requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_CONNECT(self) -> None:
        self.server.service.connections += 1
        self.send_response(200)
        self.end_headers()
        tunnel = self.server.service.context.wrap_socket(self.connection, server_side=True)
        self.request = self.connection = tunnel
        self.rfile, self.wfile = tunnel.makefile("rb"), tunnel.makefile("wb")
        self.server.service.open.add(tunnel)
        self.close_connection = False  # a tunnel is asked for in HTTP/1.0

    def do_HEAD(self) -> None:
        self.server.service.knocks += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        # urllib3 lets Nagle's algorithm wait for this acknowledgement: 40 ms a request.
        if quickly := getattr(socket, "TCP_QUICKACK", None):
            self.connection.setsockopt(socket.IPPROTO_TCP, quickly, 1)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.path == PATH
        rpc = json.loads(parse_qs(body.decode())["f.req"][0])[0][0]
        text, language, slow, _ = json.loads(rpc[1])
        asked = Asked(self.headers["Host"], text, language, slow is True)
        self.server.service.answer(self, asked)

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()
        self.server.service.open.discard(self.connection)
        self.connection.close()

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole answer."""
        self.send_response_only(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def good(handler: Handler, asked: Asked) -> None:
    """What the service answers when all is well."""
    handler.reply(framed(speech(asked.text, slow=asked.slow)))


def framed(mp3: bytes) -> bytes:
    """An answer around MP3, in the service's way."""
    return around(json.dumps(json.dumps([base64.b64encode(mp3).decode()])))


def around(payload: str) -> bytes:
    """An answer around what stands in the place of the audio."""
    call = f'[["wrb.fr","jQ1olc",{payload},null,null,null,"generic"],["di",42]]'
    return f')]}}\'\n\n{len(call)}\n{call}\n25\n[["e",4,null,null,140]]\n'.encode()


@cache
def speech(text: str, *, slow: bool = False) -> bytes:
    """MP3 for a text: 0.2 s and 40 to 90 ms a character, hummed, silence on both sides."""
    chance = zlib.crc32(text.encode()) / 2**32
    seconds = (0.2 + len(text) * (0.04 + 0.05 * chance)) * (1.6 if slow else 1.0)
    return mp3(hum(seconds, 110 + 110 * chance))


def hum(seconds: float, pitch: float, level: float = 0.6) -> NDArray[np.int16]:
    """A tone that swells four times a second, with 0.1 s of silence before and 0.3 s after."""
    time = np.arange(int(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * pitch * time) * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * time))
    around = (int(0.1 * RATE), int(0.3 * RATE))
    return np.asarray(np.pad(tone * level * 32767, around), np.int16)


def mp3(pcm: NDArray[np.int16], rate: int = RATE, kbit: int = 32) -> bytes:
    """Samples as MP3, mono."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(kbit)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(7)
    return bytes(encoder.encode(pcm.tobytes()) + encoder.flush())


# --- Faults ---------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Fault:
    """An answer with this status."""
    return lambda handler, _: handler.reply(b"<html>Sorry</html>", code, **headers)


def body(content: bytes) -> Fault:
    """200, and this."""
    return lambda handler, _: handler.reply(content)


def sound(pcm: NDArray[np.int16]) -> Fault:
    """200, and this as MP3."""
    return body(framed(mp3(pcm)))


def part_of(count: int, of: int) -> Fault:
    """The beginning of the right MP3, in a whole answer."""
    return lambda handler, asked: handler.reply(framed(_beginning(asked, count, of, 1)))


def frames_of(count: int, of: int) -> Fault:
    """The same, cut between two frames."""
    return lambda handler, asked: handler.reply(framed(_beginning(asked, count, of, FRAME_BYTES)))


def _beginning(asked: Asked, count: int, of: int, step: int) -> bytes:
    whole = speech(asked.text, slow=asked.slow)
    size = len(whole) * count // of
    return whole[: size // step * step or step] if step > 1 else whole[: size | 1]


def flipped(count: int) -> Fault:
    """The right MP3 with so many bytes changed, each time other ones."""
    numbers = itertools.count()

    def fault(handler: Handler, asked: Asked) -> None:
        chance = random.Random(f"{asked.text} {next(numbers)}")  # noqa: S311
        content = bytearray(speech(asked.text, slow=asked.slow))
        for at in chance.sample(range(len(content)), count):
            content[at] ^= chance.randrange(1, 256)
        handler.reply(framed(bytes(content)))

    return fault


def endless(handler: Handler, asked: Asked) -> None:
    """A gigabyte."""
    handler.close_connection = True
    handler.send_response(200)
    handler.send_header("Content-Length", str(1 << 30))
    handler.end_headers()
    with suppress(OSError):
        for _ in range(1 << 14):
            handler.wfile.write(bytes(1 << 16))
            handler.server.service.sent += 1 << 16


def never(handler: Handler, asked: Asked) -> None:
    """No answer."""
    handler.server.service.over.wait(30)
    handler.close_connection = True


def reset(handler: Handler, asked: Asked) -> None:
    """The connection is torn down."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    socket.socket(fileno=handler.connection.detach()).close()


def cut(handler: Handler, asked: Asked) -> None:
    """The connection ends in the middle of the answer."""
    answer = framed(speech(asked.text))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(answer)))
    handler.end_headers()
    handler.wfile.write(answer[: len(answer) // 2])
    handler.close_connection = True


def cut_unnoticed(handler: Handler, asked: Asked) -> None:
    """Half an answer that says it is whole."""
    answer = framed(speech(asked.text))
    handler.reply(answer[: len(answer) // 2])


def drip(handler: Handler, asked: Asked) -> None:
    """The answer comes byte by byte, each well within the time-out."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    _drip(handler, b"x")


def drip_headers(handler: Handler, asked: Asked) -> None:
    """And so do the headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler, b"x")


def _drip(handler: Handler, byte: bytes) -> None:
    handler.close_connection = True
    with suppress(OSError):
        while not handler.server.service.over.wait(0.05):
            handler.wfile.write(byte)
            handler.wfile.flush()


# --- The way to it --------------------------------------------------------------------------


@contextmanager
def way(port: int, *, trusted: bool = True) -> Iterator[dict[str, str]]:
    """An environment in which the proxy is on this port, its certificate trusted or not.

    What is given may be changed.
    """
    ours = {"HTTPS_PROXY": f"http://127.0.0.1:{port}"}
    if trusted:
        ours["REQUESTS_CA_BUNDLE"] = str(CERTIFICATE)
    unwanted = {name for each in (*PROXIES, *BUNDLES) for name in (each, each.lower())}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    with patch.dict(os.environ, {**kept, **ours}, clear=True) as environment:
        yield environment


@contextmanager
def fake_translate() -> Iterator[Service]:
    """The fake, running, and gTTS on its way to it."""
    service = Service()
    with service.running(), way(service.port):
        yield service
