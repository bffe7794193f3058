"""Runs the application under uvicorn, which the extra `serve` brings."""

from __future__ import annotations

from asyncio import Transport
from asyncio.events import TimerHandle
from socket import socket
from typing import Final

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from audiocoach.server.app import App

_MOST_CONNECTIONS: Final = 400
"""Beyond, uvicorn answers 503 by itself."""
_HEADERS: Final = 16_384
"""Bytes of a request before its body, which nobody reads."""
_IDLE: Final = 20
"""Seconds a connection stays open for another request."""
_ASKING: Final = 20.0
"""Seconds a client has for the headers of one."""
_ENDING: Final = 1
"""Seconds that are left to open connections when the server is stopped."""


def run(app: App, listener: socket) -> None:
    """Serve until Ctrl-C."""
    server(app).run(sockets=[listener])


def server(app: App) -> Server:
    """A server for the application, ready to run."""
    config = Config(
        app,
        http=Patient,
        ws="none",
        lifespan="on",
        access_log=False,  # who listened to what is nobody's business
        log_config=None,
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_ENDING,
        h11_max_incomplete_event_size=_HEADERS,
    )
    return Server(config)


class Patient(H11Protocol):
    """uvicorn's HTTP, with a limit on how long a request may take to arrive."""

    _limit: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start waiting for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Keep waiting until a request is complete."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle  # which is None at first
        if cycle and not cycle.response_complete:
            self._stop_waiting()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._limit is None:
            self._limit = self.loop.call_later(_ASKING, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None
